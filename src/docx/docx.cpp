#include "vanthu/docx.hpp"
