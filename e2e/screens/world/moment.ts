// The one moment at which every picture is taken. Pages have it as their clock; what is told as "2 hours ago" is written
// into the database as so long before it. The server's own clock goes on: it lies months later.
export const takenAt = new Date(Date.UTC(2026, 5, 15, 9, 30))

/** Where the browser stands: no summer time, and far from the zones of the machines that run this. */
export const zone = 'Europe/Istanbul'

export const minutesAgo = (minutes: number): Date => new Date(takenAt.getTime() - minutes * 60_000)
export const hoursAgo = (hours: number): Date => minutesAgo(hours * 60)
export const daysAgo = (days: number): Date => hoursAgo(days * 24)
