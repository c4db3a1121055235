namespace Mirror.TestKit.Raw;

/// <summary>One thing a server does on a connection after it has read a request.</summary>
public delegate Task RawStep(RawConnection connection);
