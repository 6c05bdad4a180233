package dev.gatehouse.testkit.token;

import dev.gatehouse.token.Caveat;
import dev.gatehouse.token.TokenContext;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Tells jqwik of {@link TokenArbitraries}; loaded by it. */
public final class TokenArbitraryProvider implements ArbitraryProvider {
    /** For jqwik. */
    public TokenArbitraryProvider() {}

    @Override
    public boolean canProvideFor(TypeUsage target) {
        return target.isOfType(Forgery.class)
                || target.isOfType(TokenOrder.class)
                || target.isOfType(TokenContext.class)
                || target.isOfType(Caveat.class);
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage target, SubtypeProvider subtypes) {
        if (target.isOfType(Forgery.class)) {
            return Set.of(TokenArbitraries.forgeries());
        }
        if (target.isOfType(TokenOrder.class)) {
            return Set.of(TokenArbitraries.orders());
        }
        return Set.of(
                target.isOfType(Caveat.class) ? TokenArbitraries.caveats(TokenLaws.NOW) : TokenArbitraries.requests());
    }
}
