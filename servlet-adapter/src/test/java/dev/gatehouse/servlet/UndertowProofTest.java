package dev.gatehouse.servlet;

/** Proofs that come with a request, on Undertow. */
class UndertowProofTest extends ProofContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}
