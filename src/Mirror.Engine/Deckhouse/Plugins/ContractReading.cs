namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>What reading a plugin's contract came to.</summary>
/// <param name="Contract">The contract, or <see langword="null"/>.</param>
/// <param name="Flaw">Why it is not readable; <see langword="null"/> without contract: there is no such tag.</param>
internal sealed record ContractReading(PluginContract? Contract, string? Flaw);
