#include "docx/sites.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "docx/fragment.hpp"
#include "docx/signs.hpp"

namespace vanthu::docx {
namespace {

// The path of the data a tag asks for, the lists it is in counted as [].
std::string full_path(const expression& e, const std::string& base) {
  const bool item = !e.steps.empty() && e.steps.front().what == step::item;
  const std::string own = e.paths.empty() ? std::string{} : e.paths.front().text;
  if (item || own.empty()) return base;
  // {#a.b}{a.b}{/a.b}: the name is the block's own, seen from outside it.
  if (base == own + "[]") return own;
  return base.empty() ? own : base + (own.starts_with('.') ? "" : ".") + own;
}

}  // namespace

std::int32_t sites::breaks_for(const node& n) {
  if (n.is != what::text || !options_.line_breaks) return -1;
  const auto prefix = prefix_of(n.name);
  const auto at = std::ranges::find(break_prefixes_, prefix);
  const auto index = static_cast<std::int32_t>(at - break_prefixes_.begin());
  if (at == break_prefixes_.end()) {
    break_prefixes_.emplace_back(prefix);
    const auto around = [&](std::string_view element) {
      return fmt::format("</{0}t>{1}<{0}t xml:space=\"preserve\">", prefix, element);
    };
    break_markup b;
    b.line = around(fmt::format("<{}br/>", prefix));
    b.tab = around(fmt::format("<{}tab/>", prefix));
    if (!prefix.empty()) b.page = around(fmt::format("<{0}br {0}type=\"page\"/>", prefix));
    out_.breaks.push_back(std::move(b));
  }
  return index;
}

std::optional<expression> sites::parse(std::string_view text, bad_expression& why) const {
  if (!options_.expressions) return literal_name(text);
  return options_.profile == template_profile::docxtemplater ? parse_script(text, why) : parse_expression(text, why);
}

void sites::add_expression(site& s, std::string_view text, const surroundings& in) {
  s.loop = in.loop;
  bad_expression why;
  auto parsed = parse(text, why);
  if (parsed) {
    s.path = full_path(*parsed, in.path);
    s.asks = std::move(*parsed);
    return;
  }
  std::vector<std::string> args{s.written, with_caret(text, std::min(why.column, text.size()))};
  args.insert(args.end(), why.args.begin(), why.args.end());
  notes_.add(why.id, std::move(args), s.place);
}

std::uint32_t sites::keep(site s) {
  if (!notes_.second_places.empty()) s.is_second = notes_.second_places.contains(fmt::format("{}{}", notes_.part, s.place));
  out_.sites.push_back(std::move(s));
  return static_cast<std::uint32_t>(out_.sites.size() - 1);
}

std::uint32_t sites::add(std::uint32_t number, std::string_view text, const surroundings& in) {
  const auto& t = scan_.tags[number];
  const auto& p = scan_.paragraphs[t.paragraph];
  site s;
  s.kind = t.kind;
  s.written = t.written;
  s.place = p.place;
  s.around = with_caret(p.text, t.column);
  s.breaks = breaks_for(scan_.nodes[t.node]);
  s.where = t.where;
  s.is_index_entry = t.is_index_entry;
  add_expression(s, text, in);
  return keep(std::move(s));
}

std::uint32_t sites::add_hidden(std::uint32_t tag, const surroundings& in) {
  const auto number = add(tag, in);
  out_.sites[number].hidden = true;
  return number;
}

std::uint32_t sites::add_picture(std::uint32_t number, const surroundings& in) {
  const auto& p = scan_.placeholders[number];
  site s;
  s.kind = tag_kind::image;
  s.written = p.written;
  s.place = p.place;
  s.around = with_caret(p.written, 0);
  if (p.is_chart) s.chart = xml_.substr(p.relation.begin, p.relation.end - p.relation.begin);
  add_expression(s, p.text, in);
  return keep(std::move(s));
}

std::uint32_t sites::add_part(const link_slot& link, const text_part& tag, const surroundings& in) {
  site s;
  s.written = tag.text;
  s.place = link.place;
  s.around = with_caret(link.shown, tag.at);
  s.where = link.where;
  add_expression(s, tag.inside, in);
  return keep(std::move(s));
}

property_list sites::properties_in(const node& n, properties_of what, std::string_view element) const {
  const auto names = declarations(xml_.substr(scan_.root.begin, scan_.root.end - scan_.root.begin));
  return property_list::read(what, xml_.substr(n.inner, n.inner_end - n.inner), element, names);
}

const property_list& sites::paragraph_properties(std::uint32_t node) {
  const auto known = paragraphs_.find(node);
  if (known != paragraphs_.end()) return known->second;
  return paragraphs_.emplace(node, properties_in(scan_.nodes[node], properties_of::paragraph, "pPr")).first->second;
}

// What the run and the paragraph around a tag look like.
std::uint32_t sites::context_for(std::uint32_t number) {
  const auto& t = scan_.tags[number];
  const auto& p = scan_.paragraphs[t.paragraph];
  const auto& text = scan_.nodes[t.node];
  if (text.is != what::text || text.parent == nowhere || scan_.nodes[text.parent].is != what::run) {
    notes_.add("docx.not-in-text", {t.written, with_caret(p.text, t.column)}, p.place);
    return 0;
  }
  const auto& run = scan_.nodes[text.parent];
  const auto [known, is_new] = contexts_.try_emplace(text.parent, static_cast<std::uint32_t>(out_.contexts.size()));
  if (!is_new) return known->second;
  run_context c;
  c.prefix = prefix_of(text.name);
  c.run = properties_in(run, properties_of::run, "rPr");
  if (p.node != nowhere) c.paragraph = paragraph_properties(p.node);
  out_.contexts.push_back(std::move(c));
  return known->second;
}

// Whether a tag stands in the first cell of a table that opens the body: LibreOffice moves bookmarks that begin there.
bool sites::opens_document(std::uint32_t number) {
  auto table = scan_.tags[number].node;
  while (table != nowhere && scan_.nodes[table].is != what::table) table = scan_.nodes[table].parent;
  if (table == nowhere || scan_.nodes[table].parent == nowhere) return false;
  const auto& body = scan_.nodes[scan_.nodes[table].parent];
  const auto& n = scan_.nodes[table];
  if (body.is != what::body || !trimmed(xml_.substr(body.inner, n.begin - body.inner)).empty()) return false;
  if (first_cell_end_ == 0) first_cell_end_ = xml_.find(fmt::format("</{}tc>", prefix_of(n.name)), n.begin);
  return scan_.tags[number].ranges.front().begin < first_cell_end_;
}

// {~name "label"}
std::uint32_t sites::add_field(std::uint32_t number, const surroundings& in) {
  std::string_view text = scan_.tags[number].text;
  std::string label;
  for (const std::string_view open : {"\"", "“", "«"}) {
    const auto at = text.find(open);
    if (at == text.npos) continue;
    auto inside = text.substr(at + open.size());
    for (const std::string_view close : {"\"", "”", "»"})
      if (inside.ends_with(close)) inside.remove_suffix(close.size());
    label = inside;
    text = trimmed(text.substr(0, at));
  }
  const auto at = add(number, text, in);
  out_.sites[at].label = std::move(label);
  out_.sites[at].without_bookmark = opens_document(number);
  return at;
}

}  // namespace vanthu::docx
