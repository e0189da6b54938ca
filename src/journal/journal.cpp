#include "vanthu/time.hpp"
