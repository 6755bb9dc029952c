/** How often somebody is mailed what they have not read. */
export const digestFrequencies = ['off', 'daily', 'weekly'] as const

export type DigestFrequency = (typeof digestFrequencies)[number]
