// OpenSSL's HMAC, with which the mock server makes audit roots. libcurl needs OpenSSL as well, so it is installed anyway.
#ifndef MASKER_CCRYPTO_SHIM_H
#define MASKER_CCRYPTO_SHIM_H
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#endif
