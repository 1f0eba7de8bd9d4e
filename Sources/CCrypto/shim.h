// HMAC for the webhook signature; OpenSSL's libcrypto comes with libcurl anyway.
#ifndef MASKER_CCRYPTO_SHIM_H
#define MASKER_CCRYPTO_SHIM_H
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#endif
