// For the text of PDFs, which is compressed as a rule; libcurl brings zlib anyway.
#ifndef MASKER_CZLIB_SHIM_H
#define MASKER_CZLIB_SHIM_H
#include <zlib.h>
#endif
