#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "vanthu/json_file.hpp"
#include "vanthu/value.hpp"

using namespace vanthu;

namespace {

// What was read, written again; or the remarks, one a line.
std::string again(const checked<value>& v) {
  if (v) return write_json(*v);
  std::string out;
  for (const auto& d : v.notes) {
    out += (out.empty() ? "" : "\n") + to_string(d.where) + " " + d.id();
    for (const auto& arg : d.what.args) out += " " + arg;
    for (const auto& r : d.related) out += " <- " + to_string(r);
  }
  return out;
}
std::string again(std::string_view json) {
  return again(read_json(json, "d.json"));
}

// A file of this content.
class scratch {
 public:
  explicit scratch(std::string_view content) { std::ofstream(name_, std::ios::binary) << content; }
  ~scratch() { std::filesystem::remove(name_); }
  const std::filesystem::path& name() const { return name_; }

 private:
  std::filesystem::path name_ = [] {
    std::string pattern = (std::filesystem::temp_directory_path() / "vanthu-json-XXXXXX").string();
    if (const int file = ::mkstemp(pattern.data()); file >= 0) ::close(file);
    return pattern;
  }();
};

std::string times(std::size_t n, std::string_view what) {
  std::string out;
  while (n-- > 0) out += what;
  return out;
}

}  // namespace

TEST_CASE("JSON is read and written again unchanged") {
  for (const auto* same : {"null", "true", "false", "0", "-1.50", "\"\"", "\"Hà Tĩnh\"", "[]", "{}", "[1,[2,[]],{}]",
                           R"({"b":1,"a":{"x":null},"c":[true,"x"]})", R"("a\"b\\c\n\t\u0001")"})
    CHECK(again(same) == same);
  CHECK(again(" [ 1 ,\r\n\t2 ] ") == "[1,2]");
  CHECK(again("\xef\xbb\xbf{\"a\":1}") == R"({"a":1})");
  CHECK(again(R"("\u0110\ud83d\ude00\/\b\f\r")") == "\"Đ😀/\\u0008\\u000c\\u000d\"");
}

TEST_CASE("numbers in JSON are exact") {
  CHECK(again("0.1") == "0.1");
  CHECK(again("[1.10, -0.30, 123456789012345678]") == "[1.10,-0.30,123456789012345678]");
  CHECK(again("1e3") == "1000");
  CHECK(again("2.50E-1") == "0.250");
  CHECK(again("0.123456789012345678") == "0.123456789012345678");
}

TEST_CASE("every number too long is remarked with its place") {
  CHECK(again("[1234567890123456789,\n 1, 0.1234567890123456789]") ==
        "d.json:1:2 value.number-too-long 1234567890123456789\n"
        "d.json:2:5 value.number-too-long 0.1234567890123456789");
  CHECK(again("[1e999]") == "d.json:1:2 value.number-too-long 1e999");
  CHECK(again("-" + std::string(100, '9')) == "d.json:1:1 value.number-too-long -" + std::string(39, '9') + "…");
  CHECK(again("[" + std::string(400, '9') + "]") == "d.json:1:2 value.number-too-long " + std::string(40, '9') + "…");
}

TEST_CASE("every duplicate member is remarked with both places") {
  CHECK(again("{\"a\":1,\n \"b\":2,\n \"a\":3, \"b\":4,\"a\":5}") ==
        "d.json:3:2 value.duplicate-member a <- d.json:1:2\n"
        "d.json:3:9 value.duplicate-member b <- d.json:2:2\n"
        "d.json:3:15 value.duplicate-member a <- d.json:1:2");
  CHECK(again(R"({"a\\":1,"\u0061\\":2})") == "d.json:1:10 value.duplicate-member a\\ <- d.json:1:2");
  CHECK(again(R"([{"a":1},{"a":1}])") == R"([{"a":1},{"a":1}])");
}

TEST_CASE("a duplicate among many members is found") {
  std::string json = "{";
  for (int i = 0; i < 500; ++i) json += "\"m" + std::to_string(i) + "\":" + std::to_string(i) + ",\n";
  const auto whole = read_json(json + "\"x\":0}", "d.json");
  REQUIRE(whole);
  CHECK(whole->size() == 501);
  CHECK(*whole->find("m77") == value(77));
  CHECK(again(json + "\"m77\":0}") == "d.json:501:1 value.duplicate-member m77 <- d.json:78:1");
}

TEST_CASE("a fault of JSON syntax says what was found, what is needed and where") {
  CHECK(again("{\n  \"a\" 1}") == "d.json:2:7 value.json-syntax 1 :");
  CHECK(again("[1 2]") == "d.json:1:4 value.json-syntax 2 , ]");
  CHECK(again("{\"a\":1;}") == "d.json:1:7 value.json-syntax ; , }");
  CHECK(again("{a:1}") == "d.json:1:2 value.json-syntax a \"");
  CHECK(again("[1,]") == "d.json:1:4 value.json-syntax ] { [ \" 0-9 true false null");
  CHECK(again("[nul]") == "d.json:1:2 value.json-syntax nul { [ \" 0-9 true false null");
  CHECK(again("[NaN]") == "d.json:1:2 value.json-syntax NaN { [ \" 0-9 true false null");
  CHECK(again("[1.]") == "d.json:1:4 value.json-syntax ] 0-9");
  CHECK(again("[01]") == "d.json:1:2 value.json-syntax 01 , ]");
  CHECK(again("[“x”]") == "d.json:1:2 value.json-syntax “ { [ \" 0-9 true false null");
  CHECK(again("[1]\n]") == "d.json:2:1 value.json-after-end ]");
  CHECK(again(std::string_view("[1]\0[2]", 7)) == "d.json:1:4 value.json-after-end U+0000");
  CHECK(again(std::string_view("[1,\0]", 5)) == "d.json:1:4 value.json-syntax U+0000 { [ \" 0-9 true false null");
}

TEST_CASE("JSON that ends too early is remarked at its end") {
  for (const auto* cut :
       {"", "[", "[1", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "\"abc", "\"abc\\", "-", "1e", "tru", "\"\\u00"})
    CHECK_MESSAGE(again(cut).find("value.json-cut-off") != std::string::npos, cut, " ", again(cut));
  CHECK(again(" \n") == "d.json:2:1 value.json-cut-off");
}

TEST_CASE("a wrong escape in a JSON string is shown") {
  CHECK(again(R"("\x41")") == "d.json:1:2 value.json-escape \\x");
  CHECK(again(R"("\u12G4")") == "d.json:1:2 value.json-escape \\u12G");
  CHECK(again(R"("\u12Đ")") == "d.json:1:2 value.json-escape \\u12Đ");
  CHECK(again(R"("\đ")") == "d.json:1:2 value.json-escape \\đ");
  CHECK(again("\"a\nb\"") == "d.json:1:3 value.json-escape U+000A");
  CHECK(again(std::string_view("\"a\0b\"", 5)) == "d.json:1:3 value.json-escape U+0000");
}

TEST_CASE("half a surrogate pair in JSON is refused") {
  CHECK(again(R"(["\ud800"])") == "d.json:1:3 value.json-escape \\ud800");
  CHECK(again(R"(["\ud800\u0041"])") == "d.json:1:3 value.json-escape \\ud800");
  CHECK(again(R"(["\udc3e"])") == "d.json:1:2 value.json-escape \\udc3e");
  CHECK(again(R"({"\udfff":1})") == "d.json:1:2 value.json-escape \\udfff");
  CHECK(again(R"("\ud7ff")") == "\"\xed\x9f\xbf\"");
}

TEST_CASE("bytes that are no UTF-8 are remarked with their offset in the file") {
  CHECK(again("[\"a\xff\"]") == "d.json:1:4 value.invalid-utf8 3");
  CHECK(again("\xef\xbb\xbf[\n\"\xc3\"]") == "d.json:2:2 value.invalid-utf8 6");
}

TEST_CASE("JSON nests 256 levels and no more") {
  CHECK(read_json(std::string(256, '[') + std::string(256, ']'), "d.json"));
  CHECK(again(std::string(257, '[') + std::string(257, ']')) == "d.json:1:257 value.too-deep 256");
  CHECK(again(std::string(1'000'000, '[')) == "d.json:1:257 value.too-deep 256");
  std::string objects;
  for (int i = 0; i < 257; ++i) objects += "{\"a\":";
  CHECK(again(objects) == "d.json:1:1281 value.too-deep 256");
}

TEST_CASE("a thousand remarks are enough") {
  std::string json = "[";
  for (int i = 0; i < 5000; ++i) json += "1e50,";
  CHECK(read_json(json + "1]", "d.json").notes.size() == 1000);
  json = "{";
  for (int i = 0; i < 5000; ++i) json += "\"a\":1,";
  CHECK(read_json(json + "\"b\":1}", "d.json").notes.size() == 1000);
  json.clear();
  for (int i = 0; i < 5000; ++i) json += "[\n";
  CHECK(read_json_lines(json, "d.jsonl").notes.size() == 1000);
}

TEST_CASE("JSON lines are read one by one and remarks carry the line") {
  const auto v = read_json_lines("\xef\xbb\xbf{\"a\":1}\r\n\n  \n[2]", "e.jsonl");
  REQUIRE(v);
  REQUIRE(v->size() == 2);
  CHECK(write_json(v->at(0)) == R"({"a":1})");
  CHECK(write_json(v->at(1)) == "[2]");
  CHECK(read_json_lines("", "e.jsonl")->empty());
  const auto bad = read_json_lines("{\n1\n{\"a\":1,\"a\":2}\n[1] x\n", "e.jsonl", 11);
  REQUIRE_FALSE(bad);
  REQUIRE(bad.notes.size() == 3);
  CHECK(to_string(bad.notes[0].where) == "e.jsonl:11:2");
  CHECK(bad.notes[0].id() == "value.json-cut-off");
  CHECK(to_string(bad.notes[1].where) == "e.jsonl:13:8");
  CHECK(bad.notes[1].id() == "value.duplicate-member");
  CHECK(to_string(bad.notes[2].where) == "e.jsonl:14:5");
  CHECK(bad.notes[2].id() == "value.json-after-end");
  CHECK(read_json_lines("1\n\xff", "e.jsonl").notes.front().where.line == 2);
}

TEST_CASE("records of a list and records on lines are read one at a time") {
  const auto all = [](std::string_view text) {
    json_records records(text, "r.json");
    std::string out;
    while (const auto record = records.next()) (out += write_json(*record)) += ';';
    for (const auto& note : records.notes()) ((out += to_string(note.where)) += ' ') += note.id();
    return out;
  };
  CHECK(all("\xef\xbb\xbf [ {\"a\":[1,{}]} ,\n2,\"x\" , [] ]\n") == R"({"a":[1,{}]};2;"x";[];)");
  CHECK(all("{\"a\":1}\r\n\n2\n \"x\"") == R"({"a":1};2;"x";)");
  CHECK(all("[]") == "");
  CHECK(all("") == "");
  CHECK(all(" \n") == "");
  CHECK(all("[1]x") == "1;r.json:1:4 value.json-after-end");
  CHECK(all("[1]\n[2]") == "1;r.json:2:1 value.json-after-end");
  CHECK(all("[1\n2]") == "1;r.json:2:1 value.json-syntax");
  CHECK(all("[1,]") == "1;r.json:1:4 value.json-syntax");
  CHECK(all("[,1]") == "r.json:1:2 value.json-syntax");
  CHECK(all("[1,\n{\"a\":tru}]") == "1;r.json:2:6 value.json-syntax");
  CHECK(all("[1") == "1;r.json:1:3 value.json-cut-off");
  CHECK(all("[1,") == "1;r.json:1:4 value.json-cut-off");
  CHECK(all("[") == "r.json:1:2 value.json-cut-off");
  CHECK(all(std::string_view("[1\0,2]", 7)) == "1;r.json:1:3 value.json-syntax");
  CHECK(all("[\"\xff\"]") == "r.json:1:3 value.invalid-utf8");
}

TEST_CASE("a record that is wrong ends the reading, but the others are still looked at") {
  json_records list("[1,\n{\"a\":1,\"a\":2},\n3,\n1e99,\n[}", "r.json");
  CHECK(list.next());
  CHECK_FALSE(list.next());
  REQUIRE(list.notes().size() == 3);
  CHECK(to_string(list.notes()[0].where) == "r.json:2:8");
  CHECK(list.notes()[1].id() == "value.number-too-long");
  CHECK(to_string(list.notes()[2].where) == "r.json:5:2");
  CHECK_FALSE(list.next());
  CHECK(list.notes().size() == 3);

  std::string many = "[";
  for (int i = 0; i < 5000; ++i) many += "1e50,";
  json_records faulty(many, "r.json");
  CHECK_FALSE(faulty.next());
  CHECK(faulty.notes().size() == 1000);
}

TEST_CASE("records of a list say the same as the list read whole") {
  for (const std::string_view text : {"[1,2,{\"a\":[null,true]}]", "[1 2]", "[nul]", "[\"\\x\"]", "[{\"a\" 1}]", "[1]]",
                                      "[[[", "[1.5.2]", "[\"\\ud800\"]"}) {
    CAPTURE(text);
    json_records records(text, "r.json");
    std::vector<value> items;
    while (auto record = records.next()) items.push_back(*std::move(record));
    const auto whole = read_json(text, "r.json");
    REQUIRE(records.notes().size() == whole.notes.size());
    for (std::size_t i = 0; i < whole.notes.size(); ++i) {
      CHECK(records.notes()[i].what == whole.notes[i].what);
      CHECK(to_string(records.notes()[i].where) == to_string(whole.notes[i].where));
    }
    if (whole) CHECK(write_json(value::list(std::move(items))) == write_json(*whole.value));
  }
}

TEST_CASE("dates are written to JSON as dates, and pretty JSON has a member a line") {
  const auto v = value::object(
      {{"d", make_date(2023, 4, 18)}, {"n", decimal(150, 2)}, {"l", value::list({1, value::list(), value::object()})}});
  CHECK(write_json(v) == R"({"d":"2023-04-18","n":1.50,"l":[1,[],{}]})");
  CHECK(write_json_pretty(v) ==
        "{\n  \"d\": \"2023-04-18\",\n  \"n\": 1.50,\n  \"l\": [\n    1,\n    [],\n    {}\n  ]\n}");
  CHECK(write_json_pretty(value("x")) == "\"x\"");
}

TEST_CASE("a file of JSON reads the same as its text, wherever a piece of it ends") {
  for (const auto* letter : {"a", "đ", "ắ", "😀", "\\u0111", "\\ud83d\\ude00", "\\\"", "\",\"ắ"}) {
    CAPTURE(letter);
    for (std::size_t before = 0; before < 12; ++before) {
      const auto text = "[\"" + times(before, "x") + times(100'000, letter) + "\",{\"a\":1}]";
      const scratch file(text);
      const auto read = read_json_file(file.name());
      REQUIRE(read);
      CHECK(*read == *read_json(text, ""));
    }
  }
}

TEST_CASE("a file of JSON says the same of its faults as its text") {
  const auto long_text = "\"" + times(200'000, "ắ") + "\"";
  for (const auto& text : {std::string(), std::string("[1,]"), std::string("{\"a\":1,\"a\":2}"),
                           std::string("\"\\udc00\""), "[" + long_text + ",\"\xc4\"]", "[" + long_text + ",tru]",
                           "[" + long_text + "] x", long_text + '\0', "[" + long_text, std::string("[\"\xe1\xba"),
                           std::string("[1,\xff]"), times(300, "["), "[1" + times(40, "0") + "]"}) {
    CAPTURE(text.substr(0, 20));
    const scratch file(text);
    const auto expected = read_json(text, file.name().string());
    REQUIRE(has_errors(expected.notes));
    CHECK(again(read_json_file(file.name())) == again(expected));
  }
}

TEST_CASE("a file of JSON may begin with a byte order mark") {
  const scratch file("\xef\xbb\xbf{\"a\":1}");
  CHECK(again(read_json_file(file.name())) == R"({"a":1})");
}

TEST_CASE("a pipe of JSON is read like a file") {
  const scratch place("");
  std::filesystem::remove(place.name());
  REQUIRE(::mkfifo(place.name().c_str(), 0600) == 0);
  std::jthread writer([&] { std::ofstream(place.name()) << "{\"a\":[1,2]}"; });
  CHECK(again(read_json_file(place.name())) == R"({"a":[1,2]})");
}

TEST_CASE("a file of JSON that is not there or too large is refused") {
  CHECK_THROWS_AS(read_json_file("/nowhere/data.json"), error);
  const scratch file("[1,2,3]");
  CHECK_THROWS_AS(read_json_file(file.name(), 6), error);
  CHECK(again(read_json_file(file.name(), 7)) == "[1,2,3]");
}

TEST_CASE("an object that was read can be changed, and its copies keep what they had") {
  auto rows = *read_json(R"([{"a":1,"b":"x"},{"a":2,"b":"y"}])", "");
  auto row = rows.at(0);
  const auto copy = row;
  row.set("b", "z");
  row.set("c", 3);
  CHECK(write_json(row) == R"({"a":1,"b":"z","c":3})");
  CHECK(write_json(copy) == R"({"a":1,"b":"x"})");
  CHECK(write_json(rows) == R"([{"a":1,"b":"x"},{"a":2,"b":"y"}])");
  rows = {};
  CHECK(copy.find("b")->as_text() == "x");
}

TEST_CASE("an object of many members is read like one of few") {
  std::string text = "{";
  for (int i = 0; i < 500; ++i) text += (i > 0 ? ",\"m" : "\"m") + std::to_string(i) + "\":" + std::to_string(i);
  text += "}";
  auto object = *read_json(text, "");
  CHECK(write_json(object) == text);
  object.set("m499", "last");
  CHECK(object.find("m499")->as_text() == "last");
}

TEST_CASE("a copy with one member replaced keeps its members while the original gets more") {
  auto made = value::object({{"a", 1}});
  auto copy = made;
  copy.set("a", 2);
  made.set("c", "hello");
  CHECK(write_json(copy) == R"({"a":2})");
  CHECK(write_json(made) == R"({"a":1,"c":"hello"})");

  auto read = read_json(R"([{"k":1},{"k":2}])", "")->at(0);
  read.set("new", 1);
  auto other = read;
  other.set("k", 5);
  read.set("newer", 2);
  CHECK(write_json(other) == R"({"k":5,"new":1})");
  CHECK(write_json(read) == R"({"k":1,"new":1,"newer":2})");
}
