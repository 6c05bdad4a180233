package dev.gatehouse.servlet;

/** Proofs that come with a request, on Jetty. */
class JettyProofTest extends ProofContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}
