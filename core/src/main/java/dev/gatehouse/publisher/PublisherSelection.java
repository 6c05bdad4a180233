package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.PublisherMatch.Mismatch;
import dev.gatehouse.publisher.PublisherMatch.Unmatched;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of several publishers a token is of: the most specific that matches, whatever the order in which they are given.
 *
 * <p>One with an environment comes before one without, then the one with more constraints, then the one whose settings have the
 * smaller {@link PublisherSettings#fingerprint}, then the one with the smaller id.
 *
 * @param <P> what the publishers are
 */
public sealed interface PublisherSelection<P> {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Selected<P>, ? extends T> selected, Function<? super None<P>, ? extends T> none) {
        if (this instanceof Selected<P> s) {
            return selected.apply(s);
        }
        return none.apply((None<P>) this);
    }

    /**
     * One publisher is meant.
     *
     * @param candidate the publisher
     * @param match how it matches
     * @param <P> what it is
     */
    record Selected<P>(Candidate<P> candidate, Matched match) implements PublisherSelection<P> {
        /** Checks that both are there. */
        public Selected {
            Objects.requireNonNull(candidate, "candidate");
            Objects.requireNonNull(match, "match");
        }
    }

    /**
     * None matches.
     *
     * @param unfit what is wrong with the claims whoever the publisher is; see {@link PublisherProvider#unfit}
     * @param nearest the one that fails in the fewest claims, and why; empty if there was none to compare with
     * @param <P> what the publishers are
     */
    record None<P>(Optional<Mismatch> unfit, Optional<Nearest<P>> nearest) implements PublisherSelection<P> {
        private static final String NOT_FOUND = "Publisher with matching claims was not found";

        /** Checks that neither is null. */
        public None {
            Objects.requireNonNull(unfit, "unfit");
            Objects.requireNonNull(nearest, "nearest");
        }

        /** The reason for the log. */
        public String text() {
            return unfit.map(Mismatch::text)
                    .orElseGet(() -> nearest.map(near -> near.match().text()).orElse(NOT_FOUND));
        }

        /** The reason as PyPI tells it to the client. */
        public String outside() {
            return unfit.map(Mismatch::outside)
                    .orElseGet(() -> nearest.map(near -> near.match().outside()).orElse(NOT_FOUND));
        }
    }

    /**
     * The publisher that nearly matches.
     *
     * @param candidate the publisher
     * @param match why it does not
     * @param <P> what it is
     */
    record Nearest<P>(Candidate<P> candidate, Unmatched match) {
        /** Checks that both are there. */
        public Nearest {
            Objects.requireNonNull(candidate, "candidate");
            Objects.requireNonNull(match, "match");
        }
    }

    /**
     * A publisher that a token may be of.
     *
     * @param id the publisher's id
     * @param settings its settings
     * @param pins its pinned ids, by claim
     * @param publisher the host's object for it
     * @param <P> what it is
     */
    record Candidate<P>(String id, PublisherSettings settings, Map<String, String> pins, P publisher) {
        /** Takes a copy. */
        public Candidate {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(settings, "settings");
            pins = Map.copyOf(pins);
            Objects.requireNonNull(publisher, "publisher");
        }
    }

    /** Selects among publishers of one provider; those of others match nothing. */
    static <P> PublisherSelection<P> of(
            PublisherProvider provider, Collection<Candidate<P>> candidates, IdentityClaims claims) {
        Comparator<Candidate<P>> order = Comparator.<Candidate<P>, String>comparing(
                        each -> each.settings().fingerprint())
                .thenComparing(Candidate::id);
        @Nullable Selected<P> best = null;
        @Nullable Nearest<P> nearest = null;
        for (Candidate<P> each : candidates.stream().sorted(order).toList()) {
            PublisherMatch match = provider.match(each.settings(), each.pins(), claims);
            if (match instanceof Matched matched) {
                if (best == null || matched.specificity() > best.match().specificity()) {
                    best = new Selected<>(each, matched);
                }
            } else if (match instanceof Unmatched unmatched
                    && (nearest == null
                            || unmatched.mismatches().size()
                                    < nearest.match().mismatches().size())) {
                nearest = new Nearest<>(each, unmatched);
            }
        }
        return best != null ? best : new None<>(provider.unfit(claims), Optional.ofNullable(nearest));
    }
}
