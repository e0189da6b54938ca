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

checked<bytes> render(const picture& p, const document_template& compiled, const report_request& request) {
  auto data = report_data(p, request);
  if (!data) return {{}, std::move(data.notes)};
  auto made = compiled.render(*data);
  made.notes.insert(made.notes.begin(), data.notes.begin(), data.notes.end());
  return made;
}

// What the paper says of its form; a fault of the form refuses the issue.
diagnostics judge(const bytes& docx, std::string_view form, digest& mark) {
  auto opened = package::open(docx, "document.docx");
  if (!opened) return std::move(opened.notes);
  mark = fingerprint(*opened);
  return check_form(*opened, form);
}

item_id reported_item(const picture& p, const issue_request& request) {
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
  bytes docx;
  digest mark{};
  next_number number;
  batch run_batch;
};

event issued_event(const issue_request& request, const attempt& made, const std::string& template_sha,
                   std::uint64_t position, const item_id& item) {
  event e;
  e.type = issued_type;
  e.item = item;
  e.body = value::object({{"kind", request.kind},
                          {"number", made.number.number.text},
                          {"date", request.on},
                          {"regime", request.regime.text},
                          {"period", to_string(request.when)},
                          {"as_of", request.as_of},
                          {"position", position},
                          {"template", template_sha},
                          {"sha256", to_hex(made.mark)},
                          {"form", request.form}});
  return e;
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
  made.number = prepare_number(j, issuer, {request.kind, {}, {}, {}, {}, request.actor, request.on, request.at});
  auto rendered = render(now, compiled, {request.regime, request.when, issuer.id, made.number.number.text, request.on});
  if (!rendered) return {{}, std::move(rendered.notes)};
  made.docx = *std::move(rendered.value);
  append(rendered.notes, judge(made.docx, request.form, made.mark));
  if (has_errors(rendered.notes)) return {{}, std::move(rendered.notes)};
  made.number =
      prepare_number(j, issuer, {request.kind, {}, {}, to_hex(made.mark), {}, request.actor, request.on, request.at});

  made.run_batch = {r.stream(), position, {}};
  const auto sha = to_hex(sha256(template_docx));
  if (!has_template(r, sha)) {
    event e;
    e.type = template_type;
    e.body = value::object({{"sha256", sha}, {"docx", to_base64(template_docx)}});
    made.run_batch.records.push_back(record_of(std::move(e), request, issuer.id));
  }
  made.run_batch.records.push_back(
      record_of(issued_event(request, made, sha, position, reported_item(now, request)), request, issuer.id));
  return {std::move(made), std::move(rendered.notes)};
}

std::optional<date> day_member(const event& e, std::string_view name) {
  const auto* v = e.body.find(name);
  if (v && v->type() == value::kind::day) return v->as_day();
  return parse_date(member(e, name));
}

// What document.issued/1 says about how the paper was made; nothing when it says too little.
struct recipe {
  report_request request;
  date as_of{};
  std::uint64_t position = 0;
};
std::optional<recipe> recipe_of(const event& e) {
  const auto on = day_member(e, "date");
  const auto as_of = day_member(e, "as_of");
  const auto when = parse_period(member(e, "period"));
  const auto* position = e.body.find("position");
  if (!on || !as_of || !when || !position || position->type() != value::kind::number) return {};
  return recipe{{{std::string(member(e, "regime"))}, *when, e.by, std::string(member(e, "number")), *on},
                *as_of,
                static_cast<std::uint64_t>(position->as_number().coefficient())};
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

checked<bytes> draft_report(const picture& p, std::span<const std::byte> template_docx, const report_request& request) {
  auto compiled = document_template::compile(template_docx, "template.docx");
  if (!compiled) return {{}, std::move(compiled.notes)};
  auto made = render(p, *compiled, request);
  made.notes.insert(made.notes.begin(), compiled.notes.begin(), compiled.notes.end());
  return made;
}

checked<issued> issue_report(journal& j, run& r, std::span<const std::byte> template_docx,
                             const issue_request& request) {
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
  auto made = draft_report(r.look(how->as_of, how->position), *content, how->request);
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
