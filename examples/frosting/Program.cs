using Airgap;
using Cake.Frosting;

return new CakeHost()
    .UseContext<MirrorContext>()
    .UseLifetime<MirrorLifetime>()
    .Run(args);
