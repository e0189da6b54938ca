#include "os/file_system.hpp"

#include <sys/vfs.h>

#include <cstdint>

namespace vanthu::os {

// Numbers from statfs(2) and linux/magic.h; they are part of the kernel's interface.
std::string_view network_file_system(unsigned long magic) noexcept {
  switch (static_cast<std::uint32_t>(magic)) {  // some kernels sign-extend
    case 0x6969:
      return "nfs";
    case 0x517b:
      return "smb";
    case 0xfe534d42:
      return "smb2";
    case 0xff534d42:
      return "cifs";
    case 0x564c:
      return "ncp";
    case 0x73757245:
      return "coda";
    case 0x5346414f:
      return "afs";
    case 0x6b414653:
      return "kafs";
    case 0x00c36400:
      return "ceph";
    case 0x0bd00bd0:
      return "lustre";
    case 0x47504653:
      return "gpfs";
    case 0x7461636f:
      return "ocfs2";
    case 0x01161970:
      return "gfs2";
    default:
      return {};
  }
}

std::string_view network_file_system(const std::filesystem::path& folder) noexcept {
  struct statfs info {};
  if (::statfs(folder.c_str(), &info) != 0) return {};
  return network_file_system(static_cast<unsigned long>(info.f_type));
}

}  // namespace vanthu::os
