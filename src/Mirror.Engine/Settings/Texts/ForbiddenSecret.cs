namespace Mirror.Engine.Settings.Texts;

/// <summary>A property that must not be set, as build logs show properties, and where its secret belongs.</summary>
internal sealed record ForbiddenSecret(string Name, string Variable);
