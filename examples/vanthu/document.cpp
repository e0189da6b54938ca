// vanthu document: official papers out of a run.
#include <fmt/format.h>

#include <iostream>

#include "session.hpp"
#include "vanthu/documents.hpp"

namespace cli {
namespace {

using namespace vanthu;

struct arguments {
  std::string file, form, url, name, regime, when, on, as_of, answer_by, output, template_file, actor = "vanthu";
  std::string number, plan_file, agency, kind, unit, key;
  std::optional<std::uint64_t> position;
};

std::span<const std::byte> as_bytes(const std::string& content) {
  return std::as_bytes(std::span(content));
}

// The template named for the regime's product in the plan, below the data folder, unless one is given.
std::string template_for(const session& s, const plan& p, const arguments& a) {
  if (!a.template_file.empty()) return a.template_file;
  for (const auto& t : p.tasks)
    if (t.regime.text == a.regime && t.makes && !t.makes->template_file.empty())
      return s.data_file("templates/" + t.makes->template_file).string();
  throw CLI::ValidationError("REGIME", a.regime + " names no template in the plan: give --template");
}

void draft(session& s, const arguments& a) {
  const auto store = open_journal(a.url, {.create = false});
  const auto r = run::open(*store, a.name);
  const auto now = r.look(a.as_of.empty() ? s.today() : need_date(a.as_of, "--as-of"), a.position);
  const auto file = template_for(s, now.following(), a);
  const auto content = read_input(file);
  const auto made =
      s.accept(vanthu::draft(now, as_bytes(content), report_request{{a.regime}, need_period(a.when), {}}));
  if (made) write_output(a.output, *made);
}

// A letter to those who are late has a template of its own; a report's is named in the plan.
std::string template_of(const session& s, const plan& p, const arguments& a) {
  if (a.regime != "reminder") return template_for(s, p, a);
  return a.template_file.empty() ? s.data_file("templates/cong-van-don-doc.docx").string() : a.template_file;
}

issue_request request_of(const session& s, const arguments& a) {
  issue_request request;
  if (a.regime == "reminder") {
    if (a.unit.empty()) throw CLI::ValidationError("--unit", "a letter names its drafting unit");
    request.about =
        reminder_request{a.answer_by.empty() ? std::optional<date>{} : need_date(a.answer_by, "--answer-by"), {}};
    request.kind = "CV";
    request.form = "1.5";
  } else {
    request.about = report_request{{a.regime}, need_period(a.when), {}};
  }
  request.unit = a.unit;
  request.on = a.on.empty() ? s.today() : need_date(a.on, "--on");
  request.as_of = a.as_of.empty() ? request.on : need_date(a.as_of, "--as-of");
  request.actor = a.actor;
  request.at = s.now();
  return request;
}

void issue(session& s, const arguments& a) {
  const auto store = open_journal(a.url, {.create = false});
  auto r = run::open(*store, a.name);
  const auto content = read_input(template_of(s, *r.state().following, a));
  const auto made = s.accept(vanthu::issue(*store, r, as_bytes(content), request_of(s, a)));
  if (!made) return;
  write_output(a.output, made->docx);
  std::cout << made->number.text << '\n';
}

void issue_again(session& s, const arguments& a) {
  const auto store = open_journal(a.url, {.create = false});
  const auto made = s.accept(reissue(run::open(*store, a.name), a.number));
  if (made) write_output(a.output, made->docx);
}

void take(session& s, const arguments& a) {
  const auto p = s.accept(s.read_plan(a.plan_file));
  if (!p) return;
  const auto* who = find_agency(*p, {a.agency});
  if (!who) throw CLI::ValidationError("--agency", a.agency + " is not in the plan");
  const auto store = open_journal(a.url);
  number_request request;
  request.kind = a.kind;
  request.unit = a.unit;
  request.key = a.key;
  request.actor = a.actor;
  request.on = need_date(a.on, "--on");
  request.at = s.now();
  std::cout << take_number(*store, *who, request).text << '\n';
}

void lint_form(session& s, const arguments& a) {
  const auto content = read_input(a.file);
  const auto document = s.accept(package::open(as_bytes(content), a.file));
  if (!document) return;
  const auto form = a.form.empty() ? s.accept(guess_form(*document)) : a.form;
  if (form) s.report(check_form(*document, *form));
}

}  // namespace

void add_document_commands(CLI::App& app, session& s) {
  auto* group = app.add_subcommand("document", "Official papers: check the form, draft, issue, number");
  group->require_subcommand(1);
  auto a = std::make_shared<arguments>();

  auto* lint = group->add_subcommand("lint", "How a DOCX departs from its form in Decree 30/2020");
  lint->add_option("FILE", a->file)->required();
  lint->add_option("--form", a->form,
                   "1.4 a document with a type name, 1.5 a letter, annex; default: what its head shows")
      ->check(CLI::IsMember(form_names()));
  lint->footer("Example: vanthu document lint bao-cao.docx\n         vanthu document lint cong-van.docx --form 1.5");
  lint->callback([a, &s] { lint_form(s, *a); });

  const auto add_run_options = [&](CLI::App* command) {
    command->add_option("--journal", a->url)->required();
    command->add_option("--run", a->name)->required();
    command->add_option("-o,--output", a->output)->required();
  };
  const auto add_report_options = [&](CLI::App* command) {
    command
        ->add_option("REGIME", a->regime,
                     "Report regime of the plan; issue: or «reminder», a letter to those who are late")
        ->required();
    add_run_options(command);
    command->add_option("--period", a->when, "Period of the report: 2023, 2023-h1, 2023-q3");
    command->add_option("--as-of", a->as_of, "Facts recorded by the end of this day");
    command->add_option("--template", a->template_file, "Template instead of the plan's");
  };

  auto* report = group->add_subcommand("report", "A report as a draft, without number");
  add_report_options(report);
  report->add_option("--position", a->position, "Facts up to this event of the run");
  report->footer("Example: vanthu document report bc-nam --journal sqlite:kh.db --run kh-573 --period 2023 -o bc.docx");
  report->callback([a, &s] { draft(s, *a); });

  auto* issued = group->add_subcommand("issue", "A report or a reminder with the next number of the book, recorded");
  add_report_options(issued);
  issued->add_option("--on", a->on, "Date of the document (default: today)");
  issued->add_option("--actor", a->actor);
  issued->add_option("--unit", a->unit, "Notation of the drafting unit, of a letter");
  issued->add_option("--answer-by", a->answer_by, "The day by which a letter asks to have what is late");
  issued->footer(
      "Example: vanthu document issue bc-nam --journal sqlite:kh.db --run kh-573 --period 2023 --on 2023-12-20 --actor "
      "van-thu -o bc.docx");
  issued->callback([a, &s] { issue(s, *a); });

  auto* again = group->add_subcommand("reissue", "An issued document again, from the journal alone");
  again->add_option("NUMBER", a->number, "12/BC-UBND")->required();
  add_run_options(again);
  again->footer("Example: vanthu document reissue 01/BC-UBND --journal sqlite:kh.db --run kh-573 -o bc.docx");
  again->callback([a, &s] { issue_again(s, *a); });

  auto* number = group->add_subcommand("number", "Take the next number of a book");
  number->add_option("--journal", a->url)->required();
  number->add_option("--agencies", a->plan_file, "Plan that knows the agency")->required();
  number->add_option("--agency", a->agency)->required();
  number->add_option("--kind", a->kind, "Code of Decree 30: BC, KH, TTr; CV for a công văn")->required();
  number->add_option("--unit", a->unit, "Drafting unit or field, of a công văn");
  number->add_option("--on", a->on)->required();
  number->add_option("--actor", a->actor)->required();
  number->add_option("--key", a->key, "Idempotency key: the same key gives the same number");
  number->footer(
      "Example: vanthu document number --journal sqlite:kh.db --agencies workflows/ke-hoach-573.xml --agency "
      "ubnd-huyen-ky-anh --kind BC --on 2023-12-20 --actor van-thu");
  number->callback([a, &s] { take(s, *a); });
}

}  // namespace cli
