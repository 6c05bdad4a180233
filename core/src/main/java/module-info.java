/** The policy engine of Gatehouse, its factor verifiers, its tokens, and the interfaces to what must be remembered. */
@SuppressWarnings("requires-automatic")
module dev.gatehouse.core {
    requires static transitive org.jspecify;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires com.nimbusds.jose.jwt;
    requires com.webauthn4j.core;
    requires io.nayuki.qrcodegen;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires org.tomlj;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.cbor;

    exports dev.gatehouse.audit;
    exports dev.gatehouse.disclosure;
    exports dev.gatehouse.factor;
    exports dev.gatehouse.fetch;
    exports dev.gatehouse.oidc;
    exports dev.gatehouse.policy;
    exports dev.gatehouse.policy.document;
    exports dev.gatehouse.policy.rule;
    exports dev.gatehouse.publisher;
    exports dev.gatehouse.recovery;
    exports dev.gatehouse.secret;
    exports dev.gatehouse.signin;
    exports dev.gatehouse.state;
    exports dev.gatehouse.totp;
    exports dev.gatehouse.token;
    exports dev.gatehouse.webauthn;
}
