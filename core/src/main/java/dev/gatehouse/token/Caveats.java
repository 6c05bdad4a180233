package dev.gatehouse.token;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Makes the caveats that this library understands, for minting and for {@link ApiTokens#attenuate}.
 *
 * <p>Those of PyPI are written as PyPI writes them; the others, with tags from 1000 on, are refused by an index that does not
 * know them.
 */
public final class Caveats {
    private Caveats() {}

    /**
     * Valid from an instant until before another, in whole seconds, never longer than asked.
     *
     * @throws IllegalArgumentException if the end is not after the beginning
     */
    public static Caveat expiration(Instant notBefore, Instant expires) {
        if (!expires.isAfter(notBefore)) {
            throw new IllegalArgumentException("expires: not after notBefore");
        }
        long first = notBefore.getEpochSecond() + (notBefore.getNano() > 0 ? 1 : 0);
        return new StandardCaveat.Expiration(expires.getEpochSecond(), first);
    }

    /** Valid for projects of these names; of an empty list, for none. */
    public static Caveat projectNames(List<String> names) {
        return new StandardCaveat.ProjectName(names);
    }

    /** Valid for the projects with these ids of the host; of an empty list, for none. */
    public static Caveat projectIds(List<String> ids) {
        return new StandardCaveat.ProjectId(ids);
    }

    /** Valid if the token is owned by the account with this id. */
    public static Caveat requestUser(String accountId) {
        return new StandardCaveat.RequestUser(Objects.requireNonNull(accountId, "accountId"));
    }

    /** Valid if the token is owned by the publisher with this id, for projects that are linked to it at the time of use. */
    public static Caveat publisher(String publisherId) {
        return new StandardCaveat.OidcPublisher(Objects.requireNonNull(publisherId, "publisherId"));
    }

    /**
     * Valid from addresses within one of these ranges, such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}. A range
     * of IPv4 holds no address of IPv6; of an empty list, no address is valid.
     *
     * @throws IllegalArgumentException if one is not in CIDR form, or has bits set beyond its prefix
     */
    public static Caveat addresses(List<String> ranges) {
        return new StandardCaveat.AddressRange(ranges);
    }

    /**
     * Valid once, until before an instant. The nonce tells apart the single uses that are cut from one token: of those with the
     * same nonce and end, one works. A use keeps the nonce taken until the end; where the used token has it with several ends, until the
     * latest. One with a later end works again after that.
     *
     * @param nonce 8 to 64 letters, digits, {@code _} or {@code -}
     * @param expires in whole seconds; a verifier refuses one more than 31 days ahead
     * @throws IllegalArgumentException if the nonce is malformed
     */
    public static Caveat singleUse(String nonce, Instant expires) {
        return new StandardCaveat.SingleUse(nonce, expires.getEpochSecond());
    }

    /** Valid if the token's owner had proven a second factor when it was minted. */
    public static Caveat madeWithTwoFactor() {
        return new StandardCaveat.MadeWithTwoFactor();
    }
}
