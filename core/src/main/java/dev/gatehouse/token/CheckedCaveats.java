package dev.gatehouse.token;

import dev.gatehouse.token.CaveatReading.NotUnderstood;
import dev.gatehouse.token.CaveatReading.Understood;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The restrictions of one token, read once: those in the token, then those that only the server holds. */
final class CheckedCaveats {
    private final CaveatKinds kinds;
    private final List<CaveatReading> readings;
    private final int embedded;
    private final boolean waitsForProject;

    private CheckedCaveats(CaveatKinds kinds, List<CaveatReading> readings, int embedded, boolean waitsForProject) {
        this.kinds = kinds;
        this.readings = readings;
        this.embedded = embedded;
        this.waitsForProject = waitsForProject;
    }

    /** Reads all caveats of a macaroon and all restrictions on record; those that are in both, byte for byte, once. */
    static CheckedCaveats read(CaveatKinds kinds, Macaroon macaroon, List<String> restrictions) {
        int embedded = macaroon.caveatCount();
        List<CaveatReading> readings = new ArrayList<>(embedded + restrictions.size());
        for (int i = 0; i < embedded; i++) {
            readings.add(kinds.read(macaroon.raw(), macaroon.caveatFrom(i), macaroon.caveatTo(i)));
        }
        for (String restriction : restrictions) {
            if (!isEmbedded(restriction, macaroon)) {
                readings.add(kinds.read(restriction));
            }
        }
        return new CheckedCaveats(kinds, readings, embedded, false);
    }

    private static boolean isEmbedded(String restriction, Macaroon macaroon) {
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            if (equal(restriction, macaroon.raw(), macaroon.caveatFrom(i), macaroon.caveatTo(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an ASCII text is these bytes; a text beyond ASCII is just read again. */
    private static boolean equal(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Checks every caveat; adds each that is not met to the list. */
    CheckedCaveats check(CaveatContext context, List<UnmetCaveat> unmet) {
        boolean waits = false;
        for (CaveatReading reading : readings) {
            if (reading instanceof NotUnderstood not) {
                unmet.add(new UnmetCaveat(UnmetCaveat.UNKNOWN, not.text()));
                continue;
            }
            Caveat caveat = ((Understood) reading).caveat();
            CaveatCheck check = caveat.check(context);
            if (check instanceof CaveatCheck.NeedsProject && context.isProjectOpen()) {
                waits = true;
            } else if (!(check instanceof CaveatCheck.Met)) {
                unmet.add(new UnmetCaveat(caveat.name(), textOf(check)));
            }
        }
        return new CheckedCaveats(kinds, readings, embedded, waits);
    }

    private static String textOf(@Nullable CaveatCheck check) {
        return check instanceof CaveatCheck.Unmet unmet
                ? unmet.text()
                : check instanceof CaveatCheck.NeedsProject ? StandardCaveat.OUTSIDE : "unknown error";
    }

    boolean waitsForProject() {
        return waitsForProject;
    }

    /** The caveats, all of which must have been understood. */
    List<Caveat> all() {
        return readings.stream().map(reading -> ((Understood) reading).caveat()).toList();
    }

    /**
     * A single use of the token.
     *
     * @param caveat the one of this nonce that ends first
     * @param keptUntil the latest end of one of this nonce, in seconds since 1970: a bearer may add one that ends sooner, and another
     *     copy of the token has not got it
     */
    record Use(StandardCaveat.SingleUse caveat, long keptUntil) {
        private Use and(StandardCaveat.SingleUse other) {
            return new Use(
                    other.expiresAt() < caveat.expiresAt() ? other : caveat, Math.max(keptUntil, other.expiresAt()));
        }
    }

    /** The single uses, each nonce once; a list without allocation where there are none. */
    List<Use> singleUses() {
        List<Use> uses = List.of();
        for (CaveatReading reading : readings) {
            if (reading instanceof Understood understood
                    && understood.caveat() instanceof StandardCaveat.SingleUse caveat) {
                uses = with(uses, caveat);
            }
        }
        return uses;
    }

    private static List<Use> with(List<Use> uses, StandardCaveat.SingleUse caveat) {
        List<Use> all = new ArrayList<>(uses);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).caveat().nonce().equals(caveat.nonce())) {
                all.set(i, all.get(i).and(caveat));
                return all;
            }
        }
        all.add(new Use(caveat, caveat.expiresAt()));
        return all;
    }

    List<String> addedByBearer(ApiToken token) {
        List<CaveatReading> issued =
                token.restrictions().stream().map(kinds::read).toList();
        return added(readings.subList(0, embedded), issued);
    }

    /** The names of the embedded caveats that are not among the issued ones, by value, counting how often. */
    static List<String> added(List<CaveatReading> embedded, List<CaveatReading> issued) {
        List<CaveatReading> left = new ArrayList<>(issued);
        List<String> added = new ArrayList<>();
        for (CaveatReading reading : embedded) {
            if (!left.remove(reading)) {
                added.add(reading.fold(understood -> understood.caveat().name(), not -> UnmetCaveat.UNKNOWN));
            }
        }
        return List.copyOf(added);
    }
}
