// zlib unpacks the text of PDFs, which is usually compressed. libcurl needs zlib as well, so it is installed anyway.
#ifndef MASKER_CZLIB_SHIM_H
#define MASKER_CZLIB_SHIM_H
#include <zlib.h>
#endif
