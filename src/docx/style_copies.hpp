// Styles that come along with a document put into another.
#pragma once

#include <map>
#include <set>
#include <string>

namespace vanthu::docx {

// Of the styles `wanted`, and those they are based on or lead to, the ones `own` has not: markup by id.
std::map<std::string, std::string> missing_styles(const std::string& own, const std::string& other,
                                                  const std::set<std::string>& wanted);
std::string write_styles(const std::string& own, const std::map<std::string, std::string>& added, bool strict);

}  // namespace vanthu::docx
