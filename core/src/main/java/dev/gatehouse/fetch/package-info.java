/**
 * One document over https from a host that was named beforehand: an issuer's keys, the keys of whoever reports leaked tokens.
 *
 * <p>{@link dev.gatehouse.fetch.DocumentFetch} is what a host may replace, with its own client or a proxy;
 * {@link dev.gatehouse.fetch.HttpsFetch} is what there is. It does not decide which addresses are asked, follows nothing it
 * is told, and keeps nothing.
 */
@NullMarked
package dev.gatehouse.fetch;

import org.jspecify.annotations.NullMarked;
