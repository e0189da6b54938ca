// Libraries that are loaded when they are first needed, so that a program does not drag them to every start.
#pragma once

#include <string>

namespace vanthu::os {

// The address of `symbol` in a library of ours, `file`, which stays loaded. It is looked for beside the program, beside
// the library that this code is part of, in the folder of libraries beside the program's, and where the system keeps
// its own. Null when it is nowhere, or has no such symbol; `reason` then says what the system said.
void* find_symbol(const std::string& file, const char* symbol, std::string& reason);

}  // namespace vanthu::os
