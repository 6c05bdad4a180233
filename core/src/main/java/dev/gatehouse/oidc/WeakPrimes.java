package dev.gatehouse.oidc;

import java.math.BigInteger;

/**
 * Moduli of primes from a generator whose keys can be factored (CVE-2017-15361): modulo each small prime they are a power of
 * 65537. Of other moduli, about one in 2^27 is.
 */
final class WeakPrimes {
    private static final int GENERATOR = 65_537;

    /** Those of the fingerprint by Nemec and others, without those modulo which every number is such a power. */
    private static final int[] PRIMES = {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};

    private WeakPrimes() {}

    /** Whether the modulus has the fingerprint. */
    static boolean made(BigInteger modulus) {
        for (int prime : PRIMES) {
            if (!isPower(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPower(int residue, int prime) {
        int power = 1;
        do {
            if (power == residue) {
                return true;
            }
            power = power * (GENERATOR % prime) % prime;
        } while (power != 1);
        return false;
    }
}
