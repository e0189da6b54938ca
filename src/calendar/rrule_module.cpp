// The library that is loaded at the first RRULE: libical behind one function.
#include <libical/ical.h>

extern "C" __attribute__((visibility("default"))) int vanthu_rrule_1(const char* rule, const char* start,
                                                                     bool (*each)(void*, const int*), void* context) {
  icalerror_set_errors_are_fatal(false);
  auto parsed = icalrecurrencetype_from_string(rule);
  if (parsed.freq == ICAL_NO_RECURRENCE || parsed.freq == ICAL_SECONDLY_RECURRENCE ||
      parsed.freq == ICAL_MINUTELY_RECURRENCE) {
    icalrecurrencetype_clear(&parsed);
    return 1;
  }
  auto* times = icalrecur_iterator_new(parsed, icaltime_from_string(start));
  if (!times) return 1;
  for (auto t = icalrecur_iterator_next(times); !icaltime_is_null_time(t); t = icalrecur_iterator_next(times)) {
    const int fields[] = {t.year, t.month, t.day, t.hour, t.minute};
    if (!each(context, fields)) break;
  }
  icalrecur_iterator_free(times);
  return 0;
}
