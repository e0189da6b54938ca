#include "vanthu/value.hpp"
