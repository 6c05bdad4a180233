package dev.gatehouse.testkit.token;

import dev.gatehouse.policy.TwoFactorPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the laws of a test class make once and not for every try. */
final class Held {
    static final Map<Class<?>, List<TwoFactorPolicy>> POLICIES = new ConcurrentHashMap<>();

    private Held() {}
}
