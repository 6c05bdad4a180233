package dev.gatehouse.servlet;

/** Proofs that come with a request, on Tomcat. */
class TomcatProofTest extends ProofContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}
