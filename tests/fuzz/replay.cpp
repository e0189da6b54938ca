// Runs a fuzzer once over every file of the folders named: what fuzzing has found stays found.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>

#include "vanthu/file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  int count = 0;
  for (int i = 1; i < argc; ++i)
    for (const auto& found : std::filesystem::directory_iterator(argv[i])) {
      const auto content = vanthu::read_file(found.path());
      std::printf("%s\n", found.path().c_str());
      std::fflush(stdout);
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
      ++count;
    }
  std::printf("%d inputs\n", count);
  return count > 0 ? 0 : 1;
}
