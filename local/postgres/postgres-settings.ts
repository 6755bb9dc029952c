// Tuned so that whatever was committed survives SIGKILL of any process (the kernel has it), at the price of a power
// cut: nothing is forced to disk. `npm run reset` is the cure there. Used by start-postgres only.
export const postgresSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
  // Stays on: off would hold commits in memory for up to 600 ms, and a killed Postgres would forget them.
  'synchronous_commit=on',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=2GB',
  'max_connections=200',
  'shared_buffers=128MB',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  // The application reports its own errors; expected ones (a unique key doing its work) would only be noise here.
  'log_min_messages=log',
  'log_checkpoints=off',
  'logging_collector=off',
] as const
