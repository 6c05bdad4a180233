package dev.gatehouse.policy;

/** Hears nothing. */
enum NoListener implements PolicyListener {
    INSTANCE
}
