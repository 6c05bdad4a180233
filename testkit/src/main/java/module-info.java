/** Contracts, laws and fakes with which a host tests its own parts against Gatehouse. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.gatehouse.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.gatehouse.core;
    requires transitive net.jqwik.api;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires jdk.httpserver;
    requires tools.jackson.core;

    exports dev.gatehouse.testkit;
    exports dev.gatehouse.testkit.authenticator;
    exports dev.gatehouse.testkit.contract;
    exports dev.gatehouse.testkit.filter;
    exports dev.gatehouse.testkit.issuer;
    exports dev.gatehouse.testkit.policy;
    exports dev.gatehouse.testkit.token;

    provides net.jqwik.api.SampleReportingFormat with
            dev.gatehouse.testkit.policy.RequestFormat;
    provides net.jqwik.api.providers.ArbitraryProvider with
            dev.gatehouse.testkit.policy.PolicyArbitraryProvider,
            dev.gatehouse.testkit.token.TokenArbitraryProvider;
}
