// Imported first by functions through which whole files pass. By itself V8 goes through everything that lives once 16 MB
// more have been allocated, and buffers count: one photo of 3 MB was enough, and half of the inspector's CPU went there.
// Now it waits until there is four times as much garbage as there is alive, which is about 20 MB without a file.
import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--heap-growing-percent=400')
