/** Durable and shared state of Gatehouse over a {@code DataSource}. */
@SuppressWarnings("requires-automatic")
module dev.gatehouse.store.jdbc {
    requires static transitive org.jspecify;
    requires transitive dev.gatehouse.core;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.gatehouse.store.jdbc;
}
