#define REAL double
#define LETTER "d"
#define NAME(name) name##_double
#define EPSILON 2.220446049250313e-16
#include "routines.inc"
