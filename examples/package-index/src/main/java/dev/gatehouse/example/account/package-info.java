/** Accounts of the example: who they are, their passwords, addresses, recovery codes and known devices. */
@NullMarked
package dev.gatehouse.example.account;

import org.jspecify.annotations.NullMarked;
