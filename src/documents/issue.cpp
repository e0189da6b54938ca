// Issuing: render in memory with the next number, check the form, then one append to run and book. A crash before the
// append leaves nothing; after it, the same document is made again from the journal.
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>

#include "vanthu/documents.hpp"

namespace vanthu {
namespace {

constexpr int most_tries = 100;
constexpr std::string_view issued_type = "document.issued/1";
constexpr std::string_view reminder = "reminder";  // what a paper is about, when it is no report
constexpr std::string_view template_type = "template.recorded/1";

void append(diagnostics& all, diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

diagnostic fault(std::string id, std::vector<std::string> args) {
  return {severity::error, {std::move(id), std::move(args)}, {}, {}};
}

digest sha256(std::span<const std::byte> content) {
  digest result;
  unsigned size = 0;
  if (EVP_Digest(content.data(), content.size(), reinterpret_cast<unsigned char*>(result.data()), &size, EVP_sha256(),
                 nullptr) != 1)
    throw std::bad_alloc();
  return result;
}

std::string to_base64(std::span<const std::byte> content) {
  std::string out((content.size() + 2) / 3 * 4 + 1, '\0');
  const auto size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(content.data()), static_cast<int>(content.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<bytes> from_base64(std::string_view text) {
  bytes out(text.size() / 4 * 3);
  const auto size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                    reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  const auto padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
  if (out.size() < padding) return {};
  out.resize(out.size() - padding);
  return out;
}

letterhead& head_of(matter& what) {
  return std::visit([](auto& m) -> letterhead& { return m.as; }, what);
}

// What the paper says of its form; a fault of the form refuses the issue.
diagnostics judge(const bytes& docx, std::string_view form, digest& mark) {
  auto opened = package::open(docx, "document.docx");
  if (!opened) return std::move(opened.notes);
  mark = fingerprint(*opened);
  return check_form(*opened, form);
}

item_id reported_item(const picture& p, const report_request& request) {
  for (const auto& item : p.items.items) {
    const auto& t = p.following().tasks[item.task];
    if (t.regime == request.regime && t.makes && item.step == UINT32_MAX && item.when == request.when) return item.id;
  }
  return {};
}

std::string_view member(const event& e, std::string_view name) {
  const auto* v = e.body.find(name);
  return v && v->type() == value::kind::text ? v->as_text() : std::string_view{};
}

bool has_template(const run& r, std::string_view sha) {
  return std::ranges::any_of(r.events(),
                             [&](const event& e) { return e.type == template_type && member(e, "sha256") == sha; });
}

new_record record_of(event e, const issue_request& request, const agency_id& by) {
  e.by = by;
  return {request.at, request.actor, e.type, to_json_body(e)};
}

struct attempt {
  matter what;
  std::string subject;  // trích yếu
  bytes docx;
  digest mark{};
  next_number number;
  batch run_batch;
};

// The members of document.issued/1 that say what the paper is about, to be read by matter_of().
void describe(value& body, const matter& what) {
  if (const auto* r = std::get_if<report_request>(&what)) {
    body.set("regime", r->regime.text);
    body.set("period", to_string(r->when));
  } else if (const auto* m = std::get_if<reminder_request>(&what)) {
    body.set("about", reminder);
    if (m->answer_by) body.set("answer_by", *m->answer_by);
  }
}

event issued_event(const issue_request& request, const attempt& made, const std::string& template_sha,
                   std::uint64_t position, const picture& now) {
  event e;
  e.type = issued_type;
  if (const auto* r = std::get_if<report_request>(&made.what)) e.item = reported_item(now, *r);
  e.body = value::object(
      {{"kind", request.kind}, {"number", made.number.number.text}, {"date", request.on}, {"title", made.subject}});
  describe(e.body, made.what);
  if (!request.unit.empty()) e.body.set("unit", request.unit);
  e.body.set("as_of", request.as_of);
  e.body.set("position", position);
  e.body.set("template", template_sha);
  e.body.set("sha256", to_hex(made.mark));
  e.body.set("form", request.form);
  return e;
}

// The subject with its first letter large, as a register lists it.
std::string subject_of(const value& data) {
  const auto* said = data.find("trich_yeu");
  return said && said->type() == value::kind::text ? upper_first(said->as_text()) : std::string();
}

number_request number_for(const issue_request& request, const attempt& made) {
  return {request.kind, request.unit,  made.subject, made.docx.empty() ? "" : to_hex(made.mark),
          {},           request.actor, request.on,   request.at};
}

// One try: everything up to the append, in memory.
checked<attempt> prepare(const journal& j, const run& r, const document_template& compiled,
                         std::span<const std::byte> template_docx, const issue_request& request) {
  const auto position = r.state().position;
  const auto now = r.look(request.as_of, position);
  const auto who = now.items.agencies.holders(now.following().issuer, now.following().field, request.on);
  if (who.empty()) return {{}, {fault("report.no-issuer", {now.following().issuer.text, iso(request.on)})}};
  const auto& issuer = *now.items.agencies.find(who.front());

  attempt made;
  made.number = prepare_number(j, issuer, number_for(request, made));
  made.what = std::visit([](const auto& about) { return matter(about); }, request.about);
  head_of(made.what) = {issuer.id, made.number.number.text, request.on, request.unit};
  auto data = data_of(now, made.what);
  if (!data) return {{}, std::move(data.notes)};
  made.subject = subject_of(*data);
  auto rendered = compiled.render(*data);
  if (!rendered) return {{}, std::move(rendered.notes)};
  made.docx = *std::move(rendered.value);
  append(rendered.notes, judge(made.docx, request.form, made.mark));
  if (has_errors(rendered.notes)) return {{}, std::move(rendered.notes)};
  made.number = prepare_number(j, issuer, number_for(request, made));

  made.run_batch = {r.stream(), position, {}};
  const auto sha = to_hex(sha256(template_docx));
  if (!has_template(r, sha)) {
    event e;
    e.type = template_type;
    e.body = value::object({{"sha256", sha}, {"docx", to_base64(template_docx)}});
    made.run_batch.records.push_back(record_of(std::move(e), request, issuer.id));
  }
  made.run_batch.records.push_back(record_of(issued_event(request, made, sha, position, now), request, issuer.id));
  return {std::move(made), std::move(rendered.notes)};
}

std::optional<date> day_member(const event& e, std::string_view name) {
  const auto* v = e.body.find(name);
  if (v && v->type() == value::kind::day) return v->as_day();
  return parse_date(member(e, name));
}

std::optional<matter> matter_of(const event& e) {
  if (member(e, "about") == reminder) return reminder_request{day_member(e, "answer_by"), {}};
  const auto when = parse_period(member(e, "period"));
  if (!when || !member(e, "about").empty()) return {};
  return report_request{{std::string(member(e, "regime"))}, *when, {}};
}

// What document.issued/1 says about how the paper was made; nothing when it says too little.
struct recipe {
  matter what;
  date as_of{};
  std::uint64_t position = 0;
};
std::optional<recipe> recipe_of(const event& e) {
  const auto on = day_member(e, "date");
  const auto as_of = day_member(e, "as_of");
  auto what = matter_of(e);
  const auto* position = e.body.find("position");
  if (!on || !as_of || !what || !position || position->type() != value::kind::number) return {};
  head_of(*what) = {e.by, std::string(member(e, "number")), *on, std::string(member(e, "unit"))};
  return recipe{*std::move(what), *as_of, static_cast<std::uint64_t>(position->as_number().coefficient())};
}

// Numbers start again each year: the latest of that number, unless the year is said.
const event* find_issued(const run& r, std::string_view number, std::optional<int> year) {
  const auto& all = r.events();
  const auto at = std::find_if(all.rbegin(), all.rend(), [&](const event& e) {
    if (e.type != issued_type || member(e, "number") != number) return false;
    const auto on = day_member(e, "date");
    return !year || (on && year_of(*on) == *year);
  });
  return at == all.rend() ? nullptr : &*at;
}

document_number number_of(std::string_view text) {
  document_number result{0, std::string(text)};
  std::from_chars(text.data(), text.data() + text.size(), result.number);
  return result;
}

std::optional<bytes> recorded_template(const run& r, std::string_view sha) {
  for (const auto& e : r.events()) {
    if (e.type != template_type || member(e, "sha256") != sha) continue;
    auto content = from_base64(member(e, "docx"));
    if (content && to_hex(sha256(*content)) == sha) return content;
  }
  return {};
}

}  // namespace

checked<value> data_of(const picture& p, const matter& what) {
  struct {
    const picture& now;
    checked<value> operator()(const report_request& r) const { return report_data(now, r); }
    checked<value> operator()(const assignment_request& r) const { return assignment_data(now, r); }
    checked<value> operator()(const reminder_request& r) const { return reminder_data(now, r); }
  } const make{p};
  return std::visit(make, what);
}

checked<bytes> draft(const picture& p, std::span<const std::byte> template_docx, const matter& what) {
  auto compiled = document_template::compile(template_docx, "template.docx");
  if (!compiled) return {{}, std::move(compiled.notes)};
  auto data = data_of(p, what);
  append(compiled.notes, std::move(data.notes));
  if (!data) return {{}, std::move(compiled.notes)};
  auto made = compiled->render(*data);
  append(compiled.notes, std::move(made.notes));
  return {std::move(made.value), std::move(compiled.notes)};
}

checked<issued> issue(journal& j, run& r, std::span<const std::byte> template_docx, const issue_request& request) {
  auto compiled = document_template::compile(template_docx, "template.docx");
  if (!compiled) return {{}, std::move(compiled.notes)};
  for (int tries = 0; tries < most_tries; ++tries) {
    auto made = prepare(j, r, *compiled, template_docx, request);
    append(made.notes, compiled.notes);
    if (!made) return {{}, std::move(made.notes)};
    const batch together[] = {made->run_batch, made->number.taking};
    const auto written = j.append(together);
    r.refresh(j);
    if (written)
      return {issued{made->number.number, std::move(made.value->docx), made->mark, written.last.front()},
              std::move(made.notes)};
  }
  throw error(errc::conflict, {"documents.busy", {std::to_string(most_tries)}});
}

checked<issued> reissue(const run& r, std::string_view number, std::optional<int> year) {
  const auto* at = find_issued(r, number, year);
  if (!at) return {{}, {fault("documents.unknown-number", {std::string(number), r.state().name})}};
  const auto how = recipe_of(*at);
  const auto content = recorded_template(r, member(*at, "template"));
  if (!how || !content) return {{}, {fault("documents.changed", {std::string(number)})}};
  auto made = draft(r.look(how->as_of, how->position), *content, how->what);
  if (!made) return {{}, std::move(made.notes)};
  issued result{number_of(number), *std::move(made.value), {}, at->number};
  auto opened = package::open(result.docx, "document.docx");
  if (opened) result.mark = fingerprint(*opened);
  if (to_hex(result.mark) != member(*at, "sha256")) {
    made.notes.push_back(fault("documents.changed", {std::string(number)}));
    return {{}, std::move(made.notes)};
  }
  return {std::move(result), std::move(made.notes)};
}

}  // namespace vanthu
