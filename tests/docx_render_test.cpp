#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <utility>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

// What stands after `before` up to the next quote, at each place.
std::vector<std::string> all_after(const std::string& text, std::string_view before) {
  std::vector<std::string> found;
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
    const auto begin = at + before.size();
    found.push_back(text.substr(begin, text.find('"', begin) - begin));
  }
  return found;
}

bool distinct(const std::vector<std::string>& all) {
  return std::set(all.begin(), all.end()).size() == all.size();
}

}  // namespace

TEST_CASE("values take the place of their tags") {
  CHECK(filled(p("Kính gửi: {ten}"), R"({"ten": "Ủy ban <A & B>"})") == p("Kính gửi: Ủy ban <A & B>"));
  CHECK(read(p("{a.b.c} và { tên }"), R"({"a": {"b": {"c": 1.50}}, "tên": "Hoà"})") == "1.50 và Hoà\n");
  CHECK(read(p("{x}{y}{x}"), R"({"x": "1", "y": true})") == "1true1\n");
}

TEST_CASE("data is never a tag and never markup") {
  CHECK(read(p("{a}"), R"({"a": "{b} </w:t> &amp; {#c}"})") == "{b} </w:t> &amp; {#c}\n");
}

TEST_CASE("a character of markup is escaped wherever it stands in a text") {
  std::string data, expected;
  for (std::size_t before = 0; before < 20; ++before)
    for (const auto& [raw, written] : {std::pair{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}}) {
      const auto head = std::string(before, 'h') + "ệ";
      data += (data.empty() ? "\"" : ", \"") + head + raw + "đuôi" + raw + "\"";
      expected += head + written + "đuôi" + written;
    }
  CHECK(filled(p("{#x}{.}{/x}"), "{\"x\": [" + data + "]}").find(">" + expected + "<") != std::string::npos);
}

TEST_CASE("a tag may be split over runs, and takes the look of the run it begins in") {
  CHECK(read(runs({"A {", "t", "e", "n", "} B"}), R"({"ten": "x"})") == "A x B\n");
  const std::string marked =
      "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{te</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"
      "<w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:r><w:t>n}</w:t></w:r><w:bookmarkEnd w:id=\"1\"/></w:p>";
  const auto body = filled(marked, R"({"ten": "x"})");
  CHECK(body.find("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">x</w:t>") != std::string::npos);
  CHECK(body.find("w:bookmarkStart") != std::string::npos);
}

TEST_CASE("tags in different cells of a row repeat the row") {
  const auto t = table({row({p("Tên"), p("Số")}), row({p("{#hang}{ten}"), p("{so}{/hang}")})});
  CHECK(read(t, R"({"hang": [{"ten": "A", "so": 1}, {"ten": "B", "so": 2}]})") == "Tên\tSố\nA\t1\nB\t2\n");
  CHECK(read(t, R"({"hang": []})") == "Tên\tSố\n");
}

TEST_CASE("tags in different rows repeat all rows between them") {
  const auto t = table({row({p("{#x}{a}"), p("1")}), row({p("{b}"), p("2{/x}")})});
  CHECK(read(t, R"({"x": [{"a": "p", "b": "q"}, {"a": "r", "b": "s"}]})") == "p\t1\nq\t2\nr\t1\ns\t2\n");
}

TEST_CASE("tags alone in their paragraphs repeat the paragraphs between and vanish") {
  CHECK(read(p("{#x}") + p("- {ten};") + p("{/x}") + p("Hết"), R"({"x": [{"ten": "A"}, {"ten": "B"}]})") ==
        "- A;\n- B;\nHết\n");
}

TEST_CASE("other tags repeat the text between them") {
  CHECK(read(p("Gồm: {#x}{.}{^$last}, {/}{/x}."), R"({"x": ["A", "B", "C"]})") == "Gồm: A, B, C.\n");
}

TEST_CASE("loops nest, and names are looked up from the inside out") {
  const auto body = p("{#xa}") + p("{ten} ({huyen}):{#viec} {$number}/{$count} {ten}{/viec}") + p("{/xa}");
  CHECK(read(body, R"({"huyen": "Kỳ Anh", "xa": [{"ten": "A", "viec": [{"ten": "m"}, {"ten": "n"}]},
                       {"ten": "B", "viec": []}]})") == "A (Kỳ Anh): 1/2 m 2/2 n\nB (Kỳ Anh):\n");
}

TEST_CASE("an object is entered once, a true value once, nothing when it is false, empty or absent") {
  CHECK(read(p("{#a}{b}{/a}"), R"({"a": {"b": "x"}})") == "x\n");
  CHECK(read(p("{#a}có{/a}"), R"({"a": true})") == "có\n");
  for (const auto* none : {R"({"a": false})", R"({"a": []})", R"({"a": null})", R"({})", R"({"a": ""})"})
    CHECK(read(p("[{#a}có{/a}{^a}không{/a}]"), none) == "[không]\n");
}

TEST_CASE("alternatives are tried in their order") {
  const auto body = p("{#n > 10}nhiều{:elseif n > 0}ít{:else}không{/}");
  CHECK(read(body, R"({"n": 11})") == "nhiều\n");
  CHECK(read(body, R"({"n": 1})") == "ít\n");
  CHECK(read(body, R"({"n": 0})") == "không\n");
}

TEST_CASE("expressions count exactly") {
  CHECK(read(p("{a + b * 2} {(a + b) * 2} {a - 0.1} {1 / 3}"), R"({"a": 0.3, "b": 1})") ==
        "2.3 2.6 0.2 0.3333333333\n");
  CHECK(read(p("{a > 1 and not b ? \"x\" : \"y\"}"), R"({"a": 2, "b": false})") == "x\n");
  CHECK(read(p("{#a = 1 or b != \"k\"}đúng{/}"), R"({"a": 2, "b": "k"})") == "\n");
}

TEST_CASE("filters write numbers, dates and words as official papers do") {
  CHECK(read(p("{n | number}; {n | number:1}; {n | percent}; {n | money}"), R"({"n": 1234.56})") ==
        "1.234,56; 1.234,6; 1.234,56%; 1.234,56 đồng\n");
  CHECK(read(p("{d | date}; {d | date:\"dd/MM/yyyy\"}; {d | ngay}"), R"({"d": "2023-02-05"})") ==
        "5/2/2023; 05/02/2023; ngày 05 tháng 02 năm 2023\n");
  CHECK(read(p("{n | words}; {n | roman}; {k | letter}"), R"({"n": 1205, "k": 5})") ==
        "một nghìn hai trăm lẻ năm; MCCV; đ\n");
  CHECK(read(p("{t | upper}; {t | lower}; {t | title}; {t | trim | pad:9}"), R"({"t": " đặng ý "})") ==
        " ĐẶNG Ý ;  đặng ý ;  Đặng Ý ; 000đặng ý\n");
  CHECK(read(p("{x | default:\"chưa báo cáo\"}; {y | default:\"-\"}"), R"({"x": null, "y": 0})") ==
        "chưa báo cáo; 0\n");
}

TEST_CASE("aggregates leave out what was not reported") {
  const auto* data = R"({"x": [{"n": 1}, {"n": null}, {"n": 4}]})";
  CHECK(read(p("{x | sum:n} {x | avg:n} {x | min:n} {x | max:n} {x | count}"), data) == "5 2.5 1 4 3\n");
  CHECK(read(p("{x | sum:n | default:\"-\"}"), R"({"x": [{"n": null}]})") == "-\n");
}

TEST_CASE("lists are chosen from, sorted and joined") {
  const auto* data = R"({"x": [{"t": "b", "n": 2}, {"t": "a", "n": 3}, {"t": "c", "n": 1}]})";
  CHECK(read(p("{#x | where:n > 1}{t}{/x}"), data) == "ba\n");
  CHECK(read(p("{#x | sort:n}{t}{/x} {#x | sort:n,desc}{t}{/x}"), data) == "cba abc\n");
  const std::string mixed = R"({"x": ["10", "9", 9.5, null, "2"]})";  // figures, since one is no text
  CHECK(read(p("{x | sort | join} {x | max} {x | min}"), mixed) == "2, 9, 9.5, 10,  10 2\n");
  CHECK(read(p("{y | join} {y | join:\" - \"} {y | first} {y | last}"), R"({"y": ["a", "b"]})") == "a, b a - b a b\n");
}

TEST_CASE("line breaks and tabs of the data become those of the document") {
  const auto body = filled(p("{a}"), R"({"a": "một\nhai\tba\r\nbốn"})");
  CHECK(body.find("<w:br/>") != std::string::npos);
  CHECK(body.find("<w:tab/>") != std::string::npos);
  CHECK(read(p("{a}"), R"({"a": "một\nhai"})") == "một\nhai\n");
}

TEST_CASE("spaces at the ends of a value stay") {
  CHECK(filled("<w:p><w:r><w:t>{a}</w:t></w:r></w:p>", R"({"a": " x "})").find("xml:space=\"preserve\"") !=
        std::string::npos);
}

TEST_CASE("headers and footers are filled") {
  auto all = parts(p("{a}"));
  add_part(all, "word/header1.xml", "header", header(p("Đầu {a}")));
  const auto out = fill(zip(all), R"({"a": "trang"})");
  CHECK(part_of(out, "word/header1.xml").find("Đầu trang") != std::string::npos);
}

TEST_CASE("a missing value is said, left empty, kept, or replaced, as asked") {
  render_options options;
  const auto body = p("[{ten}]");
  CHECK(data_faults(body, "{}") == faults{"docx.missing-value"});
  options.missing.then = missing_value::policy::empty;
  CHECK(read(body, "{}", options) == "[]\n");
  options.missing.then = missing_value::policy::keep;
  CHECK(read(body, "{}", options) == "[{ten}]\n");
  options.missing = {missing_value::policy::text, "……"};
  CHECK(read(body, "{}", options) == "[……]\n");
}

TEST_CASE("all that is missing is told at once, with the nearest name there is, before anything is written") {
  const auto notes = data_notes(p("{tien}") + p("{nam}"), data(R"({"tên": "x", "nom": 1})"));
  CHECK(ids(notes) == faults{"docx.missing-value", "docx.missing-value"});
  CHECK(to_string(notes[1]).find("(nom?)") != std::string::npos);
  CHECK(notes[0].where.path == "word/document.xml#p[1]");
  CHECK(notes[1].where.path == "word/document.xml#p[2]");
  bool written = false;
  (void)compiled(document(p("{a}"))).render(data("{}"), [&](std::span<const std::byte>) { written = true; });
  CHECK(!written);
}

TEST_CASE("parts without tags keep their bytes, and a template without tags all of them") {
  auto all = parts(p("không có thẻ"));
  add_part(all, "word/header1.xml", "header", header(p("đầu trang")));
  const auto before = package::open(zip(all), "a.docx").take();
  const auto after = package::open(fill(zip(all), "{}"), "b.docx").take();
  REQUIRE(before.parts() == after.parts());
  for (const auto& name : before.parts()) CHECK(before.read(name) == after.read(name));
}

TEST_CASE("the same template and data give the same bytes") {
  const auto t = document(table({row({p("{#x}{.}"), p("{/x}")})}));
  CHECK(fill(t, R"({"x": [1, 2, 3]})") == fill(t, R"({"x": [1, 2, 3]})"));
}

TEST_CASE("a rendering of many rows is streamed and reads back whole") {
  std::string rows;
  for (int i = 0; i < 20'000; ++i)
    rows += std::string(i == 0 ? "" : ",") + R"({"a": "xã số )" + std::to_string(i) + R"(", "b": )" +
            std::to_string(i * 7) + "}";
  const auto text = read(table({row({p("{#x}{a}"), p("{b | number}{/x}")})}), R"({"x": [)" + rows + "]}");
  CHECK(std::ranges::count(text, '\n') == 20'000);
  CHECK(text.find("xã số 19999\t139.993\n") != std::string::npos);
}

TEST_CASE("no cell is left without a paragraph, no row without a cell, no table without a row") {
  const auto in_cell = filled(table({row({p("{#x}") + p("{.}") + p("{/x}"), p("b")})}), R"({"x": []})");
  CHECK(in_cell.find("<w:p") != std::string::npos);
  CHECK(in_cell.find("</w:tcPr></w:tc>") == std::string::npos);
  const auto whole = filled(p("a") + table({row({p("{#x}{.}"), p("{/x}")})}) + p("b"), R"({"x": []})");
  CHECK(whole.find("<w:tbl>") == std::string::npos);
}

TEST_CASE("ids inside a repeated block stay unique") {
  const std::string inner =
      "<w:p><w:bookmarkStart w:id=\"3\" w:name=\"cho\"/><w:r><w:t>{.}</w:t></w:r><w:bookmarkEnd w:id=\"3\"/></w:p>";
  const auto body = filled(p("{#x}") + inner + p("{/x}"), R"({"x": ["a", "b", "c"]})");
  const auto numbers = all_after(body, "<w:bookmarkStart w:id=\"");
  CHECK(numbers.size() == 3);
  CHECK(distinct(numbers));
  CHECK(distinct(all_after(body, "w:name=\"")));
}

TEST_CASE("bookmarks and comments written with an end tag stay unique too") {
  const std::string inner =
      "<w:p><w:bookmarkStart w:id=\"3\" w:name=\"cho\"></w:bookmarkStart><w:commentRangeStart w:id=\"0\">\n"
      "</w:commentRangeStart><w:r><w:t>{.}</w:t></w:r><w:bookmarkEnd w:id=\"3\"></w:bookmarkEnd></w:p>";
  const auto body = filled(p("{#x}") + inner + p("{/x}"), R"({"x": ["a", "b", "c"]})");
  const auto numbers = all_after(body, "<w:bookmarkStart w:id=\"");
  CHECK(numbers.size() == 3);
  CHECK(distinct(numbers));
  CHECK(distinct(all_after(body, "w:name=\"")));
  CHECK(all_after(body, "<w:commentRangeStart w:id=\"").size() == 1);
}

TEST_CASE("a comment that begins in a block and ends outside of it is not left half when there is no turn") {
  const std::string begin = "<w:commentRangeStart w:id=\"0\"/>", end = "<w:commentRangeEnd w:id=\"0\"/>",
                    reference = "<w:r><w:commentReference w:id=\"0\"/></w:r>";
  const auto out = p("{#x}") + "<w:p>" + begin + "<w:r><w:t>{.}</w:t></w:r></w:p>" + p("{/x}") + "<w:p>" + end +
                   reference + "</w:p>";
  const auto in =
      "<w:p>" + begin + "<w:r><w:t>a</w:t></w:r></w:p>" + p("{#x}") + "<w:p>" + end + reference + "</w:p>" + p("{/x}");
  for (const auto* json : {R"({"x": []})", R"({"x": [1]})", R"({"x": [1, 2]})"})
    for (const auto& body : {out, in}) {
      const auto made = filled(body, json);
      CHECK(count_of(made, begin) == count_of(made, end));
      CHECK(count_of(made, reference) <= 1);
    }
}

TEST_CASE("text that was struck out holds no tags, text that was put in does") {
  const std::string body =
      "<w:p><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>{cu}</w:delText></w:r></w:del>"
      "<w:ins w:id=\"2\" w:author=\"a\"><w:r><w:t>{moi}</w:t></w:r></w:ins></w:p>";
  CHECK(read(body, R"({"moi": "x"})") == "x\n");
}

TEST_CASE("delimiters can be chosen") {
  compile_options options;
  options.open = "[[";
  options.close = "]]";
  const auto t = document_template::compile(document(p("{a} [[a]]")), "t.docx", options).take();
  CHECK(document_text(package::open(t.render(data(R"({"a": 1})")).take(), "o.docx").take()) == "{a} 1\n");
}

TEST_CASE("delimiters that change behind a space are others from there on, too") {
  CHECK(read(p("{a} { =[[ ]]=} {a} [[a]] {"), R"({"a": 1})") == "1  {a} 1 {\n");
}

TEST_CASE("the tags of a template are listed with their full paths") {
  const auto tags = compiled(document(p("{a.b | upper}") + table({row({p("{#x}{y}"), p("{/x}")})}))).tags();
  REQUIRE(tags.size() == 3);
  CHECK(tags[0].path == "a.b");
  CHECK(tags[0].kind == "value");
  CHECK(tags[0].part == "word/document.xml");
  CHECK(tags[1].path == "x");
  CHECK(tags[1].kind == "loop");
  CHECK(tags[2].path == "x[].y");
}

TEST_CASE("a text element that says otherwise about its spaces keeps them for a value, and says so once") {
  CHECK(filled("<w:p><w:r><w:t xml:space=\"default\">{a}</w:t></w:r></w:p>", R"({"a": " b "})") ==
        "<w:p><w:r><w:t xml:space=\"preserve\"> b </w:t></w:r></w:p>");
}

TEST_CASE("a cell that ends with a table once its last paragraphs are gone gets an empty one") {
  const auto inner = table({row({p("a"), p("b")})});
  const auto cell = [&](const std::string& before) {
    return table({row({before + inner + p("{#x}") + p("c") + p("{/x}"), p("d")})});
  };
  CHECK(filled(cell(""), R"({"x": false})").find("</w:tbl><w:p/></w:tc>") != std::string::npos);
  CHECK(filled(cell(p("t")), R"({"x": false})").find("</w:tbl><w:p/></w:tc>") != std::string::npos);
  CHECK(filled(cell(""), R"({"x": true})").find("<w:p/>") == std::string::npos);
}

TEST_CASE("rich text that the data has not, or that is empty, leaves nothing where absent values may be empty") {
  render_options empty;
  empty.missing.then = missing_value::policy::empty;
  CHECK(read(p("a{@x}b"), "{}", empty) == "ab\n");
  CHECK(read(p("a") + p("{@x}") + p("b"), "{}", empty) == "a\nb\n");
  CHECK(read(p("a") + p("{@x}") + p("b"), R"({"x": []})") == "a\nb\n");
  CHECK(read(p("a") + p("{+x}") + p("b"), "{}", empty) == "a\nb\n");
  render_options nothing;
  nothing.assets = [](std::string_view) { return std::optional(document("")); };
  CHECK(read(p("a") + p("{+x}") + p("b"), R"({"x": "trống"})", nothing) == "a\nb\n");
}

namespace {

// One pixel of each size.
bytes png(char width) {
  std::string out("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0", 33);
  out[19] = width;
  const auto raw = std::as_bytes(std::span(out));
  return {raw.begin(), raw.end()};
}

}  // namespace

TEST_CASE("who answers for the names of pictures is asked once to check the data and once to write them") {
  render_options options;
  std::string asked;
  options.assets = [&](std::string_view name) {
    asked.append(name).append(" ");
    return std::optional(png(name.front()));
  };
  const auto out = filled(p("{#x}{%.}{/x}"), R"({"x": ["a", "b", "a"]})", options);
  CHECK(asked == "a b a b ");
  CHECK(all_after(out, "r:embed=\"") == std::vector<std::string>{"rIdVt1", "rIdVt2", "rIdVt1"});
}

TEST_CASE("the same picture under two names is kept once") {
  render_options options;
  options.assets = [](std::string_view) { return std::optional(png(1)); };
  const auto docx = fill(document(p("{#x}{%.}{/x}")), R"({"x": ["a", "b"]})", options);
  CHECK(all_after(body_of(docx), "r:embed=\"") == std::vector<std::string>{"rIdVt1", "rIdVt1"});
  const auto names = package::open(docx, "o").take().parts();
  CHECK(std::ranges::count_if(names, [](const std::string& n) { return n.starts_with("word/media/"); }) == 1);
}

TEST_CASE("a picture that changes between the check and the writing ends the rendering, and no file is left") {
  const auto t = compiled(document(p("{%x}")));
  const auto asking = data(R"({"x": "a"})");
  const auto file = std::filesystem::temp_directory_path() / "vanthu-changed-picture.docx";
  for (const bool gone : {false, true}) {
    render_options options;
    int asked = 0;
    options.assets = [&](std::string_view) {
      return ++asked > 1 && gone ? std::optional<bytes>{} : std::optional(png(static_cast<char>(asked)));
    };
    try {
      t.render_file(asking, file, options);
      FAIL("was written");
    } catch (const error& e) {
      CHECK(e.notes().front().what.id == "docx.picture-changed");
    }
    CHECK(!std::filesystem::exists(file));
  }
}

TEST_CASE("a picture is a name that somebody answers for, yes is none") {
  CHECK(data_faults(p("{%x}"), R"({"x": "a.png"})") == faults{"docx.no-picture"});
  CHECK(data_faults(p("{%x}"), R"({"x": true})") == faults{"docx.bad-picture"});
  CHECK(data_faults(p("{%x}"), R"({"x": {"name": 5}})") == faults{"docx.bad-picture"});
  CHECK(data_faults(p("{%x}"), R"({"x": {"name": "a", "width": "5"}})") != faults{});
}

TEST_CASE("cells shaped by values of the wrong kind are faults, absent values join no cells") {
  CHECK(data_faults(table({row({p("{$span n}a"), p("b")})}), R"({"n": "hai"})") == faults{"docx.bad-span"});
  CHECK(data_faults(table({row({p("{$shade n}a"), p("b")})}), R"({"n": 5})") == faults{"docx.bad-color"});
  const auto out = filled(table({row({p("{#x}{$merge n}a"), p("b{/x}")})}), R"({"x": [{"n": null}, {"n": null}]})");
  CHECK(out.find("<w:vMerge/>") == std::string::npos);
}

TEST_CASE("columns may hang on a yes, and a single row from a source is the last") {
  CHECK(read(table({row({p("a"), p("{-w:tc x}b{/x}")})}), R"({"x": true})") == "a\tb\n");
  render_options options;
  bool given = false;
  options.rows.push_back(
      {"x", [&]() -> std::optional<value> {
         return std::exchange(given, true) ? std::nullopt : std::optional(value::object({{"a", "m"}}));
       }});
  CHECK(read(p("{#x}{a}{#$last}!{/}{/x}"), "{}", options) == "m!\n");
}

TEST_CASE("long names of bookmarks are cut between characters when they need another name") {
  const std::string name = "một-tên-dài-hơn-bốn-mươi-ký-tự&amp;có-dấu";
  const auto out = filled(p("{#x}") + "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"" + name +
                              "\"/><w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id=\"1\"/></w:p>" + p("{/x}"),
                          R"({"x": [1, 2]})");
  CHECK(out.find("w:name=\"" + name + "\"") != std::string::npos);
  CHECK(out.find("_1\"") != std::string::npos);
}

TEST_CASE("what is computed becomes the item of a block, and rows from a source answer to their plain name alone") {
  CHECK(read(p("{#n + 1}{.}{/}"), R"({"n": 1})") == "2\n");
  const auto rows = [] {
    render_options options;
    int left = 3;
    options.rows.push_back({"x", [left]() mutable -> std::optional<value> {
                              return left-- > 0 ? std::optional(value::object({{"a", "m"}})) : std::nullopt;
                            }});
    return options;
  };
  CHECK(read(p("{#a.x}{.}{/}{#x}{a}{/x}"), R"({"a": {"x": [7]}})", rows()) == "7mmm\n");
  CHECK(read(p("{#.x}{.}{/}"), R"({"x": [7]})", rows()) == "7\n");
  auto how = compile_options::docxtemplater();
  how.expressions = true;
  const auto made = fill_with(document(p("{#x}{b = a}{b}{/x}")), data("{}"), rows(), how);
  CHECK(document_text(package::open(made, "o.docx").take()) == "mmm\n");
}
