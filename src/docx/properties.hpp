// Properties of runs, paragraphs, cells: a list of elements in the order the schema asks for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanthu::docx {

enum class properties_of : unsigned char { run, paragraph, cell };

class property_list {
 public:
  explicit property_list(properties_of what) : what_(what) {}
  // Reads the element that `xml` begins with, such as <w:rPr>; what stands behind it is left alone. `namespaces` are
  // the declarations its prefixes stand for. Nothing when another element comes first.
  static property_list read(properties_of what, std::string_view xml, std::string_view element,
                            std::string_view namespaces);

  void set(std::string_view local, std::string markup);  // replaces or adds, where it belongs
  void remove(std::string_view local);
  const std::string* find(std::string_view local) const;
  bool empty() const { return all_.empty(); }
  std::string inside() const;                         // the elements, one behind the other
  std::string whole(std::string_view element) const;  // in an element of this name; "" when there are none
  static int rank(properties_of what, std::string_view local);  // its place in that order

 private:
  struct property {
    std::string local, markup;
  };
  int rank(std::string_view local) const { return rank(what_, local); }

  properties_of what_;
  std::vector<property> all_;
};

}  // namespace vanthu::docx
