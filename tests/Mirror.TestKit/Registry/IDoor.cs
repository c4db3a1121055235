namespace Mirror.TestKit.Registry;

/// <summary>Who is let into the registry.</summary>
internal interface IDoor
{
    bool Admits(Exchange exchange);

    Task RefuseAsync(Exchange exchange);
}
