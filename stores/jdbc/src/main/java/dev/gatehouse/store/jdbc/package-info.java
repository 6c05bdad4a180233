/**
 * Durable and shared state over a {@code DataSource}: {@link dev.gatehouse.store.jdbc.JdbcStore}.
 *
 * <p>Plain SQL that H2, PostgreSQL and MariaDB take.
 */
@NullMarked
package dev.gatehouse.store.jdbc;

import org.jspecify.annotations.NullMarked;
