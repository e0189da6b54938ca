// What the tests of journals and books stand on: short records, a folder of their own, and other processes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "vanthu/journal.hpp"

namespace vanthu::test {

class scratch_folder {
 public:
  scratch_folder();
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  ~scratch_folder();
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline instant at(std::int64_t microseconds) {
  return instant(std::chrono::microseconds(microseconds));
}
inline new_record note(std::string body) {
  return {at(1'700'000'000'000'000), "an", "note/1", std::move(body)};
}
inline batch batch_of(std::string stream, std::uint64_t expected, std::vector<std::string> bodies) {
  batch b{std::move(stream), expected, {}};
  for (auto& body : bodies) b.records.push_back(note(std::move(body)));
  return b;
}
inline append_result append_one(journal& j, std::string stream, std::uint64_t expected, std::string body) {
  const batch b = batch_of(std::move(stream), expected, {std::move(body)});
  return j.append({&b, 1});
}
std::vector<std::string> bodies_of(const journal& j, const std::string& stream);

// The id of the error that `work` throws, with its code; "nothing" when it throws none.
std::string thrown_by(const std::function<void()>& work);
std::string ids_of(const diagnostics& notes);

// Runs the SQL with a connection of its own, as another program would.
void tamper(const std::string& file, const std::string& sql);

// Another process. It ends when `work` does; what `work` returns comes back from answer().
class child {
 public:
  explicit child(const std::function<std::string()>& work);
  child(const child&) = delete;
  child& operator=(const child&) = delete;
  ~child();
  std::string answer();     // waits for the end; "killed" when there was no other
  void kill();              // SIGKILL, and waits
  std::string next_line();  // something `say` wrote meanwhile
  static void say(const std::string& line);

 private:
  int process_ = -1;
  int pipe_ = -1;
};
// A user who owns nothing here: what permissions forbid, they forbid to root as well. In a child only.
void become_a_stranger();

}  // namespace vanthu::test
