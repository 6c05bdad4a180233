package dev.gatehouse.store.jdbc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of this module: states of trouble, never data. */
final class StoreLog {
    static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.store.jdbc");

    private StoreLog() {}
}
