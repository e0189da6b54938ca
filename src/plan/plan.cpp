#include "vanthu/plan.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "calendar/read.hpp"
#include "plan/files.hpp"
#include "plan/reading.hpp"
#include "vanthu/file.hpp"

namespace vanthu {
namespace {

template <class T, class Id>
const T* find_by_id(const std::vector<T>& all, const Id& id) {
  const auto at = std::ranges::find(all, id, &T::id);
  return at == all.end() ? nullptr : &*at;
}

void read_head(reading& r) {
  const element e{r.files.front().get(), r.files.front()->root()};
  r.out.id.text = read_id(r, e);
  r.out.number = e.get("number");
  r.out.notation = e.get("notation");
  r.out.title = xml::words(e.node.child("title"));
  r.out.field = e.get("field");
  r.out.issued = read_date(r, e, "issued").value_or(date{});
  r.out.issuer = read_agency(r, e, "issuer");
  const auto from = read_date(r, e, "from"), until = read_date(r, e, "until");
  r.out.from = from.value_or(make_date(1800, 1, 1));  // wide open, so that one fault does not make others
  r.out.until = until.value_or(make_date(2399, 12, 31));
  check_range(r, e, from, until);
  r.out.stands_on = read_basis(r, e, nullptr);
  *r.grounds.front() = r.out.stands_on;
  // An included file stands on its own words, never on those of the plan that includes it.
  for (std::size_t i = 1; i < r.files.size(); ++i)
    *r.grounds[i] = pass_basis(r, {r.files[i].get(), r.files[i]->root()}, {});
}

void read_calendar(reading& r, const piece& p) {
  calendar_definition c;
  diagnostics faults;
  read_calendar_element(*p.at.file, p.at.node, c, faults);
  r.notes.add_all(std::move(faults));
  r.out.calendars.push_back(std::move(c));
}

void read_pieces(reading& r) {
  for (const auto& p : r.pieces) {
    const auto name = p.at.name();
    if (name == "source") read_source(r, p.at);
    if (name == "goal") read_goal(r, p);
    if (name == "agencies") read_agencies(r, p);
    if (name == "window") read_window(r, p);
    if (name == "indicator") read_indicator(r, p);
    if (name == "regime") read_regime(r, p);
    if (name == "procedure") read_procedure(r, p);
    if (name == "calendar") read_calendar(r, p);
    if (name == "role") read_role(r, p.at, r.roles, r.out.roles);
  }
  read_tasks(r);
}

}  // namespace

checked<plan> read_plan(std::string_view xml, std::string source, const include_resolver& includes,
                        const plan_options& options) {
  reading r;
  if (open_files(r, xml, std::move(source), includes, options)) {
    declare_ids(r);
    read_head(r);
    read_pieces(r);
    check_plan(r);
  }
  checked<plan> result;
  result.notes = std::move(r.notes).take(r.sources);
  if (!has_errors(result.notes)) result.value = std::move(r.out);
  return result;
}

checked<plan> read_plan_file(const std::filesystem::path& file, const plan_options& options) {
  const auto text = read_file(file, options.max_bytes);
  const auto folder = std::filesystem::weakly_canonical(file).parent_path();
  // A link inside the folder may lead out of it: what counts is where the file really is.
  const auto include = [&](const std::string& href) -> std::optional<std::string> {
    std::error_code fault;
    const auto target = std::filesystem::canonical(folder / std::filesystem::path(href), fault);
    if (fault || !std::filesystem::is_regular_file(target, fault)) return {};
    const auto [end_of_folder, rest] = std::mismatch(folder.begin(), folder.end(), target.begin(), target.end());
    if (end_of_folder != folder.end()) return {};
    return read_file(target, options.max_bytes);
  };
  return read_plan(text, file.generic_string(), include, options);
}

const agency* find_agency(const plan& p, const agency_id& a) {
  return find_by_id(p.agencies, a);
}
const agency_group* find_group(const plan& p, const group_id& g) {
  return find_by_id(p.groups, g);
}
const window* find_window(const plan& p, const window_id& w) {
  return find_by_id(p.windows, w);
}
const indicator* find_indicator(const plan& p, const indicator_id& i) {
  return find_by_id(p.indicators, i);
}
const regime* find_regime(const plan& p, const regime_id& r) {
  return find_by_id(p.regimes, r);
}
const procedure* find_procedure(const plan& p, const procedure_id& s) {
  return find_by_id(p.procedures, s);
}

std::uint32_t find_task(const plan& p, const task_id& t) {
  const auto* found = find_by_id(p.tasks, t);
  return found ? static_cast<std::uint32_t>(found - p.tasks.data()) : no_task;
}

agency_registry registry_of(const plan& p, const facts& since) {
  auto successions = p.successions;
  successions.insert(successions.end(), since.successions.begin(), since.successions.end());
  return agency_registry(p.agencies, p.groups, std::move(successions));
}

}  // namespace vanthu
