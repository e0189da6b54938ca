// Parts of another document that a drawing needs: charts with their workbooks, diagrams, pictures.
#pragma once

#include <string>

#include "docx/additions.hpp"

namespace vanthu::docx {

// Copies the part a relationship leads to, with all it leads to in turn; returns its name here. Throws
// data_fault{"docx.cannot-insert", …}: what cannot come along.
std::string copy_part(additions& to, source_document& from, const std::string& part);

// The same for the data of a diagram, which names the part that shows it by a relationship of the part it stands in.
std::string copy_diagram_data(additions& to, const std::string& to_part, source_document& from,
                              const std::string& from_part, const std::string& part);

// A picture in a format any reader of the package knows: PNG, JPEG, GIF, and by its name EMF, WMF, TIFF, BMP, SVG.
std::string copy_picture(additions& to, source_document& from, const std::string& part);

}  // namespace vanthu::docx
