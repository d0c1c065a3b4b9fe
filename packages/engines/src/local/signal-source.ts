/** The signals that this process gets. `on` returns the function that ends the subscription. */
export interface SignalSource {
  on(listener: (signal: "SIGINT" | "SIGTERM") => void): () => void;
}
