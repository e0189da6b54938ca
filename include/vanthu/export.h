#ifndef VANTHU_EXPORT_H
#define VANTHU_EXPORT_H
/* VANTHU_API marks what a shared library exports; everything else is hidden. */
#if defined(__GNUC__) || defined(__clang__)
#  define VANTHU_API __attribute__((visibility("default")))
#else
#  define VANTHU_API
#endif
#endif
