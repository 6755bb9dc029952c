/** What the camera took: it exists in this page alone, and nobody can choose it again. */
export class Shot extends File {}
