/* Faults to order in libcurl and in the C library under it.

   The functions that fail are defined in the tests' own program, where the loader finds them first, for libcurl as well.
   Without an order they hand every call on. An order names a thread, a value, a name or a port that only one test uses,
   so that tests may run at the same time. */
#ifndef ROLLCALL_FAULTS_H
#define ROLLCALL_FAULTS_H

/* On this thread, the nth call from now on that sets up libcurl, or copies a text for it, fails, for n from 1; 0 takes the
   order back. */
void faults_fail_set_up(int n);

/* Whether the call that was to fail has been made. */
int faults_has_failed(void);

/* Wherever a request gets this timeout, libcurl rejects it. 0 takes the order back. */
void faults_reject_timeout(long milliseconds);

/* Of the calls that set up a request on a handle for an address on this port, the nth from now on fails, for n from 1, on
   whatever thread; 0 takes the order back. Only one port at a time. */
void faults_fail_request(int port, int n);

/* Whether the call that was to fail has been made. */
int faults_request_has_failed(void);

/* On this thread, libcurl has this version (7.88.1 is 0x075801); 0 takes the order back. */
void faults_version(unsigned number);

/* Lookups that block until they are released or a minute is over: the first one of faults_slow_name, and each one
   of faults_stuck_name. Every other lookup of these names finds 127.0.0.1 at once. */
#define faults_slow_name "slow-lookup.example"
#define faults_stuck_name "stuck-lookup.example"
void faults_release_lookups(void);

/* How many lookups block at this moment, and how many have blocked so far. */
int faults_blocked_lookups(void);
int faults_lookups_so_far(void);

/* A look at a connection to this port waits until there is something to see, a second at most. */
void faults_wait_for_data(int port);

#endif
