#define REAL float
#define LETTER "s"
#define NAME(name) name##_single
#define EPSILON 1.1920929e-07
#include "routines.inc"
