package dev.gatehouse.state;

/** The answer to putting a value. */
public enum Put {
    /** The value waits under its key until it is taken or expires. */
    STORED,
    /** A live value waits under the key already and was left alone. */
    OCCUPIED
}
