// Tables whose columns, rows and cells the data shapes.
#include <doctest/doctest.h>

#include "docx/structure.hpp"
#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

bytes made(std::string_view body, const std::string& json, const render_options& options = {}) {
  return fill(document(body), json, options);
}

}  // namespace

TEST_CASE("columns repeat with the grid, and cells over them span as many") {
  const auto wide = [](const std::string& content, int span) {
    return "<w:tc><w:tcPr><w:tcW w:w=\"6000\" w:type=\"dxa\"/><w:gridSpan w:val=\"" + std::to_string(span) +
           "\"/></w:tcPr>" + content + "</w:tc>";
  };
  const auto plain = [](const std::string& content) { return "<w:tc>" + content + "</w:tc>"; };
  const auto body =
      table({"<w:tr>" + wide(p("Đầu"), 2) + "</w:tr>", "<w:tr>" + plain(p("a")) + plain(p("b")) + "</w:tr>",
             row({p("{ten}"), p("{-w:tc nam}{.}{/nam}")}), row({p("{#dong}{t}"), p("{-w:tc so}{.}{/so}{/dong}")})});
  const auto json = [](const std::string& years, const std::string& rows) {
    return R"({"ten": "T", "nam": )" + years + R"(, "dong": )" + rows + "}";
  };
  const auto three = body_of(made(body, json("[1, 2, 3]", R"([{"t": "x", "so": [4, 5, 6]}])")));
  CHECK(count_of(three, "<w:gridCol") == 4);
  CHECK(count_of(three, "<w:gridCol w:w=\"1000\"/>") == 3);
  CHECK(has(three, "<w:gridSpan w:val=\"4\"/>"));
  CHECK(has(three, "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr><w:p><w:r><w:t xml:space=\"preserve\">b"));
  CHECK(has(three, "<w:tcW w:w=\"1000\" w:type=\"dxa\"/>"));
  const auto none = body_of(made(body, json("[]", "[]")));
  CHECK(count_of(none, "<w:gridCol") == 1);
  CHECK(has(none, "<w:gridSpan w:val=\"1\"/>"));
  CHECK(!has(none, ">b<"));
  CHECK(read(body, json("[1, 2]", R"([{"t": "x", "so": [4, 5]}, {"t": "y", "so": [6, 7]}])")) ==
        "Đầu\na\tb\nT\t1\t2\nx\t4\t5\ny\t6\t7\n");
  const auto only_rows = table({row({p("{#d}{t}"), p("{-w:tc so}{.}{/so}{/d}")})});
  CHECK(count_of(body_of(made(only_rows, R"({"d": [{"t": 1, "so": [1, 2]}]})")), "<w:gridCol") == 3);
  CHECK(template_faults(table({row({p("{-w:tc a}x{/a}"), p("b")}),
                               "<w:tr>" + wide(p("{-w:tc a}x{/a}"), 2) + "</w:tr>"})) == faults{"docx.uneven-columns"});
  CHECK(!has(body_of(made(p("a") + table({row({p("{-w:tc a}x"), p("y{/a}")})}) + p("b"), R"({"a": []})")), "tbl"));
}

TEST_CASE("the grid has as many columns as the cells of a block that repeats several") {
  const auto grid_of = [](const std::string& head, const std::string& json) {
    const std::string grid =
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"1200\"/><w:gridCol w:w=\"600\"/>"
        "</w:tblGrid>";
    const auto out = body_of(made(grid + head + row({p("k"), p("l"), p("m")}) + "</w:tbl>", json));
    return out.substr(out.find("<w:tblGrid>"), out.find("</w:tblGrid>") - out.find("<w:tblGrid>"));
  };
  const std::string two =
      "<w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"600\"/><w:gridCol w:w=\"300\"/>"
      "<w:gridCol w:w=\"600\"/><w:gridCol w:w=\"300\"/>";
  const auto pair = row({p("h"), p("{-w:tc x}{.}"), p("%{/x}")});
  CHECK(grid_of(pair, R"({"x": [1, 2]})") == two);
  CHECK(grid_of(pair, R"({"x": []})") == "<w:tblGrid><w:gridCol w:w=\"900\"/>");
  const auto wide = "<w:tr><w:tc>" + p("h") + "</w:tc><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" +
                    p("{-w:tc x}{.}{/x}") + "</w:tc></w:tr>";
  CHECK(grid_of(wide, R"({"x": [1, 2]})") == two);
}

TEST_CASE("a table all of whose columns repeat goes where there are none, whatever its other rows hold") {
  const auto wide = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + p("Đầu") + "</w:tc></w:tr>";
  const auto body = p("a") + table({wide, row({p("{-w:tc x}{.}"), p("%{/x}")}), wide}) + p("b");
  CHECK(read(body, R"({"x": []})") == "a\nb\n");
  CHECK(read(body, R"({"x": [1]})") == "a\nĐầu\n1\t%\nĐầu\nb\n");
  const auto two = table({row({p("{-w:tc x}{.}{/x}"), p("{-w:tc y}{.}{/y}")}), wide});
  CHECK(read(p("a") + two + p("b"), R"({"x": [], "y": []})") == "a\nb\n");
  CHECK(read(p("a") + two + p("b"), R"({"x": [], "y": [1]})") == "a\n1\nĐầu\nb\n");
  const auto inner = body_of(made(table({row({two + p("c"), p("{x | count}")})}), R"({"x": [], "y": []})"));
  CHECK(count_of(inner, "<w:tbl>") == 1);
  CHECK(count_of(inner, "<w:p>") == 2);
}

TEST_CASE("columns that repeat in a row for the other case are counted, and rows may all go where columns repeat") {
  const auto grid_of = [](const std::string& rows, const std::string& json) {
    const auto out = body_of(made(table({rows}), json));
    return std::pair(count_of(out, "<w:gridCol "), count_of(out, "<w:tc>"));
  };
  const auto inverted = row({p("{^c}a"), p("{-w:tc x}{.}{/x}{/c}")});
  CHECK(grid_of(inverted, R"({"c": false, "x": [1, 2, 3]})") == std::pair(std::size_t{4}, std::size_t{4}));
  const auto other = row({p("{#c}a"), p("b")}) + row({p("{:else}a"), p("{-w:tc x}{.}{/x}{/c}")});
  CHECK(grid_of(other, R"({"c": false, "x": [1, 2, 3]})") == std::pair(std::size_t{4}, std::size_t{4}));
  CHECK(grid_of(other, R"({"c": true, "x": [1, 2, 3]})") == std::pair(std::size_t{4}, std::size_t{2}));
  const auto all = "<w:tr><w:tc>" + p("{#y}a") + "</w:tc><w:tc>" + p("b") +
                   "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan "
                   "w:val=\"2\"/></w:tcPr>" +
                   p("{-w:tc c}t{/c}{/y}") + "</w:tc></w:tr>";
  CHECK(read(p("a") + table({all}) + p("b"), R"({"y": [], "c": true})") == "a\nb\n");
  CHECK(read(p("a") + table({all}) + p("b"), R"({"y": [1], "c": true})") == "a\na\tb\nt\nb\n");
}

TEST_CASE("columns within columns are counted one by one, and there are no more of them than Word can show") {
  const auto nested = table({row({p("h"), p("{-w:tc x}{-w:tc y}{.}{/y}{/x}")}), row({p("k"), p("l")})});
  const auto out = body_of(made(nested, R"({"x": [{"y": [1, 2]}, {"y": []}, {"y": [3]}]})"));
  CHECK(count_of(out, "<w:gridCol ") == 4);
  CHECK(has(out, "<w:gridSpan w:val=\"3\"/>"));
  const auto many = [](int n) {
    std::string json = R"({"x": [0)";
    for (int i = 1; i < n; ++i) json += ",0";
    return json + "]}";
  };
  const auto columns = table({row({p("h"), p("{-w:tc x}{.}{/x}")})});
  CHECK(data_faults(columns, many(62)) == faults{});
  CHECK(data_faults(columns, many(63)) == faults{"docx.out-of-range"});
  std::string pairs = R"({"x": [{"y": [1, 2]})";
  for (int i = 1; i < 40; ++i) pairs += R"(, {"y": [1, 2]})";
  CHECK(data_faults(nested, pairs + "]}") == faults{"docx.out-of-range"});
}

TEST_CASE("what rows leave free over columns that repeat is as wide as they are") {
  const auto indented = [](const std::string& properties, const std::string& text) {
    return "<w:tr><w:trPr>" + properties + "</w:trPr><w:tc>" + p(text) + "</w:tc></w:tr>";
  };
  const auto body = "<w:tbl><w:tblGrid><w:gridCol w:w=\"9\"/><w:gridCol w:w=\"9\"/><w:gridCol w:w=\"9\"/></w:tblGrid>" +
                    row({p("a"), p("{-w:tc x}{.}{/x}"), p("c")}) + indented("<w:gridBefore w:val=\"2\"/>", "c") +
                    indented("<w:gridAfter w:val=\"2\"/>", "a") + indented("<w:gridAfter w:val=\"1\"/>", "wide") +
                    "</w:tbl>";
  const auto out = body_of(made(body, R"({"x": [1, 2, 3]})"));
  CHECK(has(out, "<w:gridBefore w:val=\"4\"/>"));
  CHECK(has(out, "<w:gridAfter w:val=\"4\"/>"));
  CHECK(has(out, "<w:gridAfter w:val=\"3\"/>"));
  CHECK(has(body_of(made(body, R"({"x": []})")), "<w:gridBefore w:val=\"1\"/>"));
}

TEST_CASE("a content control around the rows or cells of a block goes with them") {
  const auto control = [](const std::string& inside) {
    return "<w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>" + inside + "</w:sdtContent></w:sdt>";
  };
  const auto loop = control(row({p("{#x}{.}"), p("{/x}")}));
  const auto alone = p("a") + table({loop}) + p("z");
  CHECK(filled(alone, R"({"x": []})") == p("a") + p("z"));
  CHECK(read(alone, R"({"x": [1, 2]})") == "a\n1\t\n2\t\nz\n");
  const auto headed = p("a") + table({row({p("h"), p("k")}), loop, loop}) + p("z");
  CHECK(!has(filled(headed, R"({"x": []})"), "sdt"));
  CHECK(read(headed, R"({"x": [1]})") == "a\nh\tk\n1\t\n1\t\nz\n");
  const auto cells = "<w:tr>" + control("<w:tc>" + p("{-w:tc x}{.}{/x}") + "</w:tc>") + "</w:tr>";
  CHECK(filled(p("a") + table({cells}) + p("z"), R"({"x": []})") == p("a") + p("z"));
  CHECK(read(p("a") + table({cells}) + p("z"), R"({"x": [1, 2]})") == "a\n1\t2\nz\n");
  const auto columns = control(row({p("{-w:tc x}{.}"), p("{/x}")}));
  CHECK(filled(p("a") + table({columns}) + p("z"), R"({"x": []})") == p("a") + p("z"));
  CHECK(count_of(filled(p("a") + table({columns}) + p("z"), R"({"x": [1]})"), "<w:p>") == 4);
}

TEST_CASE("cells that span by data keep the columns that they and the cells behind them have") {
  const auto cell = [](int span, const std::string& text) {
    return "<w:tc>" + (span == 0 ? "" : "<w:tcPr><w:gridSpan w:val=\"" + std::to_string(span) + "\"/></w:tcPr>") +
           p(text) + "</w:tc>";
  };
  const auto spans_of = [&](const std::string& cells, const std::string& json) {
    const auto out = body_of(made(table({"<w:tr>" + cells + "</w:tr>", row({p("a"), p("{-w:tc x}{.}{/x}")})}), json));
    const auto row = out.substr(out.find("<w:tr>"), out.find("</w:tr>") - out.find("<w:tr>"));
    CHECK(count_of(row, "<w:tcPr>") <= count_of(row, "<w:tc>"));
    std::string found;
    for (std::size_t at = row.find("<w:tc>"); at != row.npos; at = row.find("<w:tc>", at + 1)) {
      const auto one = row.substr(at, row.find("<w:p>", at) - at);
      CHECK(count_of(one, "gridSpan") <= 1);
      const auto value = one.find("w:val=\"");
      found += has(one, "gridSpan") ? one[value + 7] : '1';
    }
    return found;
  };
  const auto plain = [&](const std::string& cells, const std::string& json) {
    const auto out = body_of(made(table({"<w:tr>" + cells + "</w:tr>"}), json));
    return std::pair(count_of(out, "<w:tc>"),
                     out.find("gridSpan") == out.npos ? '1' : out[out.find("gridSpan w:val=") + 16]);
  };
  CHECK(plain(cell(1, "{$span n}a") + cell(2, "b") + cell(1, "c"), R"({"n": 2})") == std::pair(std::size_t{2}, '3'));
  CHECK(plain(cell(2, "{$span n}a") + cell(1, "b"), R"({"n": 1})") == std::pair(std::size_t{2}, '2'));
  // Over columns that repeat it is they who say how wide the cell is.
  const auto three = R"({"n": 1, "x": [1, 2, 3]})";
  CHECK(spans_of(cell(2, "{$span n}{$shade \"AAAAAA\"}a"), three) == "4");
  CHECK(spans_of(cell(1, "b") + cell(0, "{$span n}{$shade \"AAAAAA\"}a"), three) == "13");
  CHECK(spans_of(cell(1, "{$span n}b") + cell(1, "{$merge 1}a"), three) == "13");
  CHECK(data_faults(
            table({"<w:tr>" + cell(1, "{$span n}b") + cell(1, "a") + "</w:tr>", row({p("a"), p("{-w:tc x}{.}{/x}")})}),
            R"({"n": 2, "x": [1]})") == faults{"docx.bad-span"});
}

TEST_CASE("cells are merged, widened and shaded by data") {
  const auto body = table({row({p("{#x}{$merge nhom}{nhom}"), p("{$shade mau}{ten}{/x}")})});
  const auto out = made(body, R"({"x": [{"nhom": "A", "ten": 1, "mau": "FFEE00"}, {"nhom": "A", "ten": 2, "mau": null},
                                        {"nhom": "B", "ten": 3, "mau": ""}]})");
  CHECK(document_text(package::open(out, "o").take()) == "A\t1\n\t2\nB\t3\n");
  CHECK(count_of(body_of(out), "<w:vMerge w:val=\"restart\"/>") == 2);
  CHECK(count_of(body_of(out), "<w:vMerge/>") == 1);
  CHECK(has(body_of(out), "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFEE00\"/>"));
  const auto wide = table({"<w:tr><w:tc><w:p><w:r><w:t>{$span n}{$shade \"AAAAAA\"}a</w:t></w:r></w:p></w:tc><w:tc>" +
                           p("b") + "</w:tc><w:tc>" + p("c") + "</w:tc></w:tr>"});
  CHECK(read(wide, R"({"n": 2})") == "a\tc\n");
  CHECK(has(body_of(made(wide, R"({"n": 3})")), "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/><w:shd"));
  CHECK(read(wide, R"({"n": null})") == "a\tb\tc\n");
  CHECK(data_faults(wide, R"({"n": 4})") == faults{"docx.bad-span"});
  CHECK(data_faults(table({row({p("{$shade m}"), p("b")})}), R"({"m": "đỏ"})") == faults{"docx.bad-color"});
  CHECK(template_faults(p("{$merge x}")) == faults{"docx.outside-table"});
  CHECK(template_faults(table({row({p("{$merge x}{$span 1}{$merge y}")})})) == faults{"docx.twice-in-cell"});
}

TEST_CASE("a cell goes on with the one above it only where that one merges over the same columns by the same value") {
  const auto merged = [](const std::string& body, const std::string& json) {
    std::string out;  // R: begins, |: goes on, -: has nothing to do with it, line by line
    const auto text = body_of(made(body, json));
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto rest = std::string_view(text).substr(at);
      if (rest.starts_with("</w:tbl>")) out += '#';
      if (rest.starts_with("</w:tr>")) out += '/';
      if (!rest.starts_with("<w:tc>")) continue;
      const auto cell = rest.substr(0, rest.find("<w:p>"));
      out += cell.find("<w:vMerge/>") != cell.npos ? '|' : cell.find("<w:vMerge ") != cell.npos ? 'R' : '-';
    }
    return out;
  };
  const std::string three = R"({"x": [{"n": "A", "so": [1, 2]}, {"n": "A", "so": [1, 3]}, {"n": "B", "so": [1, 3]}]})";
  // Another row of the same turn lies between them.
  CHECK(merged(table({row({p("{#x}{$merge n}a"), p("b")}), row({p("c"), p("d{/x}")})}), three) ==
        "R-/--/R-/--/R-/--/#");
  CHECK(merged(table({row({p("{#x}{$merge n}a"), p("b")}), row({p("{$merge n}c"), p("d{/x}")})}), three) ==
        "R-/|-/|-/|-/R-/|-/#");
  CHECK(merged(table({row({p("{#x}{$merge n}a"), p("b")}), row({p("{#n = \"B\"}c"), p("d{/}")}),
                      row({p("e"), p("{/x}")})}),
               three) == "R-/--/R-/--/R-/--/--/#");
  // A row that does not come lies between nothing.
  CHECK(merged(table({row({p("{#x}{$merge n}a"), p("b")}), row({p("{#n = \"C\"}c"), p("d{/}{/x}")})}), three) ==
        "R-/|-/R-/#");
  const auto beyond =
      "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr><w:tc>" + p("{-w:tc k}c{/k}{/x}") + "</w:tc></w:tr>";
  CHECK(merged(table({row({p("{#x}{$merge n}a"), p("b")}), beyond}), three) == "R-/|-/R-/#");
  // Each table begins anew, also where one lies in a cell of the other.
  CHECK(merged(p("{#x}") + table({row({p("{$merge n}a"), p("b")})}) + p("{/x}"), three) == "R-/#R-/#R-/#");
  const auto inner = table({row({p("{$merge n}a")})});
  CHECK(merged(table({row({p("{#x}{$merge n}a"), p("b") + inner + p("{/x}")})}), three) == "R-R/#/|-R/#/R-R/#/#");
  // Columns that the data makes are columns like any other.
  CHECK(merged(table({row({p("{#x}"), p("{-w:tc so}{$merge .}{.}{/so}{/x}")})}), three) == "-RR/-|R/-||/#");
  CHECK(merged(table({row({p("{#x}{$merge n}{$span so.1 - 1}a"), p("b"), p("c{/x}")})}), three) == "R--/R-/R-/#");
}

TEST_CASE("cells that the template merges stay merged, whichever of their rows do not come") {
  const auto merged = [](const std::string& how, const std::string& text) {
    return "<w:tc><w:tcPr><w:vMerge" + how + "</w:tcPr>" + p(text) + "</w:tc>";
  };
  const auto cell = [](const std::string& text) { return "<w:tc>" + p(text) + "</w:tc>"; };
  const std::string begins = " w:val=\"restart\"/>", on = "/>", on_long = "></w:vMerge>";
  const auto body = table({"<w:tr>" + merged(begins, "{#a}a") + cell("{/a}") + "</w:tr>",
                           "<w:tr>" + merged(on, "{#x}b") + cell("{.}{/x}") + "</w:tr>",
                           "<w:tr>" + merged(on_long, "c") + cell("") + "</w:tr>"});
  const auto merges_of = [&](const std::string& json) {
    std::string out;
    const auto text = body_of(made(body, json));
    for (auto at = text.find("<w:vMerge"); at != std::string::npos; at = text.find("<w:vMerge", at + 1))
      out += text.compare(at, 12, "<w:vMerge w:") == 0 ? 'R' : '|';
    return out;
  };
  CHECK(merges_of(R"({"a": true, "x": [1, 2]})") == "R|||");
  CHECK(merges_of(R"({"a": false, "x": [1, 2]})") == "R||");
  CHECK(merges_of(R"({"a": false, "x": []})") == "R");
}

TEST_CASE("a table goes with its only row when that has no cells, however many tables stand before it") {
  const auto rows = [](const std::string& name) {
    return table({row({p("{#" + name + "}a"), p("{/" + name + "}")})}) + p("");
  };
  const auto columns = table({row({p("{-w:tc x}{.}{/x}")})}) + p("");
  const auto body = rows("a") + rows("a") + rows("a") + columns;
  CHECK(filled(body, R"({"a": [], "x": []})") == p("") + p("") + p("") + p(""));
  CHECK(count_of(filled(body, R"({"a": [], "x": [1]})"), "<w:tbl>") == 1);
}

TEST_CASE("a table is not watched for merges that are those of a table within it") {
  const auto watched = [](const std::string& body) {
    const auto docx = zip(parts(body));
    const auto xml = part_of(docx, "word/document.xml");
    docx::part_notes notes{"t.docx", "word/document.xml", {}};
    const auto scan = docx::find_tags(xml, docx::texts::in_paragraphs, {}, notes);
    const auto plan = docx::find_structure(xml, scan, {}, notes);
    CHECK(notes.notes.empty());
    return plan.merging_tables;
  };
  const auto merged = table({"<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>" + p("{#y}a") +
                             "</w:tc><w:tc>" + p("{/y}") + "</w:tc></w:tr>"});
  CHECK(watched(merged) == 1);
  CHECK(watched(table({row({p("{#x}"), p("{/x}")})})) == 0);
  CHECK(watched(table({row({p("{#x}"), merged + p("{/x}")})})) == 1);
}
